"""Named accounts of the county's staff: passwords, sessions, and who may see which page."""
