"""`python -m sync_server` is `zhuqi`."""

from sync_server.cli import main

main()
