"""Questions about the Index and this program, and talk: the reviewed entries of `corpus/data/about.toml`, found by meaning.

Public: `entries.about_entries`, `match.best_entry`.
"""
