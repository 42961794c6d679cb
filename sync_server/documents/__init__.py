"""A visit on paper: on-site record, letter and guidance slip as PDF, each with a code that leads to its proof."""
