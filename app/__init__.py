"""Showing answers, in the terminal and on the page: both ask through `index.answers.answer` and say the same.

`api`, `http` and `mcp` are the doors for other programs: Python, HTTP and assistants. They answer what `programs` lists.
`cli` is the `ocqa` command; `settings` reads its flags and the environment. `page` is the site, `screens` its pages in Streamlit,
and `content` what they show, without Streamlit. `reports` turns results into text, Markdown and HTML for both.
"""
