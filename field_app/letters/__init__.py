"""Findings, the leniency dialog's register, the letter and the copy that stays."""
