"""What the pages show, as rows, words and charts. Pure: nothing here imports Streamlit.

Files are named for their page: `answer_` for Ask, `profile_` and `pyramid`, `explore_` with `panels`, `charts`,
`map_` and `world_shapes`, `index_rows`, `eval_rows`. Downloads: `file_names`, `file_about`, `download_files` with
`table_files` and `workbook_files`. `package_` is for `ocqa export`. Shared: `markdown.escaped`, `links.ask_link`,
`table_files.csv_text`.
"""
