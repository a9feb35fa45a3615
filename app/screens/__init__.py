"""The Streamlit pages and the widgets they share; they lay out what `app.content` prepares."""
