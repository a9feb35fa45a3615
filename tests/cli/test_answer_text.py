"""Answers of the new kinds as text for a terminal."""

from __future__ import annotations

from dataclasses import replace

import answers

from app.reports.answer_text import as_text
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import QueryShown


def test_a_table_is_set_in_line_with_numbers_to_the_right(taxonomy: Taxonomy) -> None:
    text = as_text(answers.explanation(), taxonomy)
    assert (
        "Parts of criminality, Peru, 2023 edition\n"
        "  Part              Score  Mean of South America  Difference  Change since 2021\n"
        "  Cocaine trade      9.00                   7.25       +1.75               0.00\n"
        "  Arms trafficking   4.00                   5.50       -1.50              -0.50\n"
    ) in text


def test_an_overview_has_its_scores_under_headings(taxonomy: Taxonomy) -> None:
    text = as_text(answers.overview(), taxonomy)
    assert "\nCriminal markets\n  Cocaine trade" in text and "\nResilience\n  Law enforcement" in text


def test_many_scores_beside_a_table_are_only_counted(taxonomy: Taxonomy) -> None:
    facts = tuple(answers.fact(country, "criminality", 2025, 5.0) for country in list(taxonomy.countries)[:20])
    text = as_text(replace(answers.groups(), facts=facts), taxonomy)
    assert "(20 scores with their sources with --json)" in text and "made.xlsx" not in text


def test_what_may_not_have_been_understood_offers_questions_and_claims_no_reading(taxonomy: Taxonomy) -> None:
    text = as_text(answers.unsure(), taxonomy)
    assert text.startswith("I may not have understood") and "Understood as" not in text
    assert f"Did you mean:\n  {answers.OFFERED}" in text


def test_a_reading_in_doubt_says_so(taxonomy: Taxonomy) -> None:
    assert "Understood as: difference in criminality\nThis may not be what you meant." in as_text(answers.doubted(), taxonomy)
    assert "This may not be" not in as_text(answers.difference(), taxonomy)


def test_both_steps_of_a_question_are_listed(taxonomy: Taxonomy) -> None:
    shown = QueryShown("both", "select 1", (), ("the 10 highest by criminality", "how many of them are in Asia"))
    text = as_text(replace(answers.groups(), query=shown), taxonomy)
    assert "Steps\n1. the 10 highest by criminality\n2. how many of them are in Asia" in text


def test_an_answer_about_the_index_names_its_source(taxonomy: Taxonomy) -> None:
    assert "Source: https://ocindex.net/report/2023/02-about-the-index.html" in as_text(answers.about(), taxonomy)
