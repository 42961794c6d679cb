"""What supervisors read: the list of visits, and one visit with all that proves it. Nobody is scored (rules 7)."""
