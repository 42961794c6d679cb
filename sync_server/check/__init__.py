"""The enterprise's side of a visit: its gate sheet, and the check of a visit pass (核验) with its own phone."""
