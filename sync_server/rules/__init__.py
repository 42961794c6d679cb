"""The rules on the command line: `zhuqi rules`."""
