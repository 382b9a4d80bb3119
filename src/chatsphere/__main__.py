"""`python -m chatsphere` is the `chatsphere` command."""

from chatsphere.cli import main

main()
