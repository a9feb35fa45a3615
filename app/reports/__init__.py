"""Results as text, Markdown and HTML, for terminals and files. Pure."""
