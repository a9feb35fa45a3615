"""Does a passage answer this very question? A network reads both together, window by window.

Public: `judge.judge`, `judge.Judgement`, `judge_file.judge_hash`.
"""
