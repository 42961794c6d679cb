"""The approver: exceptions that were claimed in their name, and their word on them."""
