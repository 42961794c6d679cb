"""Letters that were left behind: the copy's page, and the enterprise's word."""
