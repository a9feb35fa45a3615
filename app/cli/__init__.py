"""The `ocqa` command. `main.main` runs it with given arguments and returns the exit code; `main.command` is the installed script.

One file per group of commands, each with an `add_…` that adds its parsers: `ask`, `main` (info), `build`, `generations`
(history, rollback, verify), `page`, `evaluate` with `eval_sets` and `doors` (eval), `bench`, `fetch` (fetch, import),
`export`, `tables` (scores, rank, compare, profile), `serve`, `mcp`, `completion`. `batch` answers a file of questions,
`shared_arguments` holds what the parsers share, `progress` what is shown on stderr.

What a command needs is imported when it runs, so that `ocqa --help` and `ocqa ask` start fast.
"""
