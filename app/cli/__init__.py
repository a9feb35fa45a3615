"""The `ocqa` command: one file for each group of subcommands; arguments, exit codes, progress."""
