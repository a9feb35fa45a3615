"""Making a generation: cut, embed, reuse, write, compare, verify, publish."""
