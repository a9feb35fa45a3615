"""The whole profile of a country in an edition, and two editions compared.

Public: `profile.score_lines`, `profile.profile_sections`, `edition_diff.compared`.
"""
