"""Showing answers: `settings` reads flags and environment, `render` makes text of answers, `cli` is the `ocqa` command, `page`
the Streamlit page. `eval_cli` and `eval_sets_cli` are `ocqa eval`, `eval_text`, `eval_report` and `eval_charts` show its
results. `pyramid` and the `profile_` modules hold what the view of a profile says, draws and gives away. Both faces ask through
`index.answer` and say the same.
"""
