"""Reading and judging codes: the command line and the pages where anybody checks who is at the door."""
