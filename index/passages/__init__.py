"""The unit that is found and cited: pages cut into passages and chunks, how they are stored, and what a build covers.

Public: `passage.Passage` and `cut_passages`, `passage_file.passages_from_jsonl`, `coverage.LoadedProfile`.
"""
