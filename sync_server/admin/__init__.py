"""`zhuqi admin`: the county office's tasks on the command line, until their desks are pages."""
