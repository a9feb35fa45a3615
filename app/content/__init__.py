"""What the pages show, as rows, words and charts. Pure: nothing here knows Streamlit."""
