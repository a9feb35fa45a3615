"""What the pages show, as rows, words and charts. Pure: nothing here imports Streamlit.

Files are named for their page: `answer_` for Ask, `profile_` and `pyramid`, `explore_` with `panels`, `charts` and
`world_shapes`, `index_rows`, `eval_rows`. Shared: `markdown.escaped`, `links.ask_link`, `table_files.csv_text`.
"""
