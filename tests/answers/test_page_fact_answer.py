"""A fact on the head of a country's page: the value as printed, with its edition and address, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from index.answers.page_fact_answer import answer_page_fact
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.briefing_results import PageFactResult
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot
from index.meaning.meaning import Meaning
from index.passages.coverage import LoadedProfile
from index.questions.question import understand


def asked(snapshot: Snapshot, text: str, *countries: str, field: str | None, editions: tuple[int, ...] = ()) -> Answer:
    question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    return answer_page_fact(snapshot, question, Meaning(Kind.PAGE_FACT, countries=countries, field=field, editions=editions))


def with_heads(snapshot: Snapshot, heads: Mapping[int, tuple[tuple[str, str], ...]]) -> Snapshot:
    """The snapshot with pages of Chile that have these heads, by edition."""
    pages = [LoadedProfile("CHL", e, f"https://ocindex.net/{e}/country/chile", head, {}, {}, "") for e, head in heads.items()]
    return replace(snapshot, coverage=(*snapshot.coverage, *pages))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("capital", "Lima", "The 2021 page of Peru gives its capital as Lima."),
        ("population", "32,510,453", "The 2021 page of Peru gives its population as 32,510,453."),
        ("income_group", "Upper middle income", "The 2021 page of Peru gives its income group as Upper middle income."),
        ("area", "1,285,220 km²", "The 2021 page of Peru gives its area as 1,285,220 km²."),
        ("geography_type", "Coastal", "The 2021 page of Peru gives its geography type as Coastal."),
    ],
)
def test_the_value_is_given_as_printed(field: str, value: str, said: str, shipped: Snapshot) -> None:
    answer = asked(shipped, "a fact about Peru", "PER", field=field)
    assert answer.answered and answer.result == PageFactResult("PER", 2021, field, value)
    assert answer.answer == said
    assert "The question names no edition; 2021 is the latest page loaded for Peru." in answer.notes
    assert "Source: https://ocindex.net/2021/country/peru, head of the page." in answer.notes
    assert answer.understood.editions == (2021,)


def test_a_field_that_the_page_does_not_print_is_declined(shipped: Snapshot) -> None:
    answer = asked(shipped, "gdp of Peru", "PER", field="gdp")
    assert not answer.answered and isinstance(answer.result, Unavailable)
    assert answer.answer == "The 2021 page of Peru does not print its gross domestic product (GDP)."


def test_a_country_without_a_page_is_declined_although_its_scores_are_loaded(shipped: Snapshot) -> None:
    answer = asked(shipped, "capital of Chile", "CHL", field="capital")
    assert not answer.answered
    assert answer.answer == "No page of Chile is loaded, and its capital is printed only there."


def test_an_edition_without_a_page_is_declined_and_the_loaded_one_is_told(shipped: Snapshot) -> None:
    answer = asked(shipped, "capital of Peru in 2023", "PER", field="capital", editions=(2023,))
    assert not answer.answered
    assert answer.answer == "No 2023 page of Peru is loaded (loaded: 2021)."
    assert "The 2021 page of Peru gives its capital as Lima." in answer.notes


def test_a_page_that_prints_no_figure_is_quoted_as_saying_so(shipped: Snapshot) -> None:
    snapshot = with_heads(shipped, {2023: (("Gross domestic product (GDP)", "n/a"),)})
    answer = asked(snapshot, "gdp of Chile", "CHL", field="gdp")
    assert answer.result == PageFactResult("CHL", 2023, "gdp", "n/a")
    assert answer.answer == "The 2023 page of Chile gives no figure: for its gross domestic product (GDP) it prints 'n/a'."


def test_an_older_page_answers_where_the_newest_has_no_figure(shipped: Snapshot) -> None:
    snapshot = with_heads(shipped, {2021: (("Population", "19 million"),), 2023: (("Population", "n/a"),)})
    answer = asked(snapshot, "population of Chile", "CHL", field="population")
    assert answer.result == PageFactResult("CHL", 2021, "population", "19 million")
    assert "The 2023 page of Chile prints 'n/a' as its population." in answer.notes


def test_several_countries_are_all_answered(shipped: Snapshot) -> None:
    snapshot = with_heads(shipped, {2023: (("Capital", "Santiago"),)})
    answer = asked(snapshot, "capitals of Chile and Peru", "CHL", "PER", field="capital")
    assert answer.result == PageFactResult("CHL", 2023, "capital", "Santiago")
    assert "The 2021 page of Peru gives its capital as Lima." in answer.answer


def test_a_question_without_a_field_is_not_understood(shipped: Snapshot) -> None:
    answer = asked(shipped, "the anthem of Peru", "PER", field=None)
    assert not answer.answered and "gross domestic product (GDP)" in answer.answer
