"""The Streamlit pages and the widgets they share. They lay out what `content` prepares."""
