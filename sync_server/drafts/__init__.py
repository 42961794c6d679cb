"""What clerks write before a head approves it; filings and off-site checks begin as drafts."""
