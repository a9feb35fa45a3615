"""What the pages show, as rows, words and charts. Pure: nothing here imports Streamlit."""
