"""Showing answers: `settings` reads flags and environment, `render` makes text of answers, `cli` is the `ocqa` command, `page`
the Streamlit page. Both faces ask through `index.answer` and say the same.
"""
