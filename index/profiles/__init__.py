"""A country in an edition as a whole, and two editions side by side."""
