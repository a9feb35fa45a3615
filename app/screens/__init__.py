"""The Streamlit pages and the widgets they share; they lay out what `app.content` prepares.

One script for each page (`ask_page`, `profile_page`, `explore_page`, `index_page`, `evals_page`). Shared: `opened.opened`, with
which every page begins, `answer_card.show_answer`, `picture.show_picture`, `downloads.show_downloads`.
"""
