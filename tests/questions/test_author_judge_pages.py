"""What counts as met, wrong and declined where a page, a definition or nothing is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_answers import came, outcome, value

from tests.questions.author_sets.figures import Figures, official_figures

GOLD = {"kind": "paragraph", "country": "PER", "section": "Environment", "indicator": None, "text": "Gold leaves by Lima."}


@pytest.fixture(scope="module")
def figures(shared: Path) -> Figures:
    return official_figures(str(shared / "workbook" / "global_oc_index.xlsx"))


def test_an_overview_is_of_the_country_and_the_topic(figures: Figures) -> None:
    brief = {"type": "overview", "country": "GHA", "edition": 2025, "indicator": None, "scores": [], "sections": []}
    assert outcome(figures, "overview", {"countries": ["GHA"]}, came(brief)) == "met"
    assert outcome(figures, "overview", {"countries": ["GAB"]}, came(brief)) == "wrong"
    assert outcome(figures, "overview", {"countries": ["GHA"], "indicators": ["cocaine_trade"]}, came(brief)) == "wrong"
    assert outcome(figures, "overview", {"countries": ["PER"]}, came({"type": "passages"}, passages=[GOLD])) == "wrong"


def test_an_overview_with_an_untrue_score_is_wrong(figures: Figures) -> None:
    score = {"country": "GHA", "indicator": "criminality", "edition": 2025, "value": 9.9}
    brief = {"type": "overview", "country": "GHA", "edition": 2025, "indicator": None, "scores": [score], "sections": []}
    assert outcome(figures, "overview", {"countries": ["GHA"]}, came(brief)) == "wrong"


def test_an_explanation_is_of_the_country_and_the_indicator_and_its_means_are_true(figures: Figures) -> None:
    courts = float(figures.value("SWE", "judicial_system_and_detention", (2025,)))
    mean = float(figures.stat(figures.members(["Europe"]), "judicial_system_and_detention", (2025,)))
    part = {
        "indicator": "judicial_system_and_detention",
        "value": courts,
        "mean": round(mean, 2),
        "difference": round(courts - mean, 2),
    }
    why = {
        "type": "explanation",
        "country": "SWE",
        "indicator": "resilience",
        "edition": 2025,
        "parts": [part],
        "reference": "Europe",
    }
    slots = {"countries": ["SWE"], "indicators": ["resilience"]}
    assert outcome(figures, "explanation", slots, came(why)) == "met"
    assert outcome(figures, "explanation", {**slots, "indicators": ["criminality"]}, came(why)) == "wrong"
    assert outcome(figures, "explanation", slots, came({**why, "parts": [{**part, "mean": 1.0}]})) == "wrong"


def test_text_is_from_the_right_page_and_a_refusal_is_right_where_there_is_none(figures: Figures) -> None:
    slots = {"countries": ["PER"], "indicators": ["non_renewable_resource_crimes"], "topic": "gold mining"}
    assert outcome(figures, "text", slots, came({"type": "passages"}, passages=[GOLD])) == "met"
    assert outcome(figures, "text", slots, came({"type": "passages"}, passages=[{**GOLD, "country": "BOL"}])) == "wrong"
    assert outcome(figures, "text", slots, came({"type": "passages"}, passages=[{**GOLD, "text": "Rivers."}])) == "wrong"
    assert outcome(figures, "text", slots, came(None)) == "declined"
    assert outcome(figures, "text", {**slots, "topic": "emeralds"}, came(None)) == "met"
    assert outcome(figures, "text", {**slots, "countries": ["BOL"]}, came(None)) == "met"


def test_a_fact_of_a_page_is_its_field(figures: Figures) -> None:
    fact = {"type": "page_fact", "country": "PER", "edition": 2021, "field": "capital", "value": "Lima"}
    assert outcome(figures, "page_fact", {"countries": ["PER"], "field": "capital"}, came(fact)) == "met"
    assert outcome(figures, "page_fact", {"countries": ["PER"], "field": "income group"}, came(fact)) == "wrong"
    assert outcome(figures, "page_fact", {"countries": ["BOL"], "field": "capital"}, came(None)) == "met"


def test_the_index_itself_definitions_and_what_asks_for_nothing(figures: Figures) -> None:
    about = {"type": "about", "topic": "scale", "text": "From 1 to 10.", "source": ""}
    meaning = {"type": "definition", "indicator": "flora_crimes", "text": "…"}
    assert outcome(figures, "about", {"topic": "scale"}, came(about)) == "met"
    assert outcome(figures, "about", {"topic": "scale"}, came({"type": "passages"}, passages=[GOLD])) == "wrong"
    assert outcome(figures, "definition", {"indicators": ["flora_crimes"]}, came(meaning)) == "met"
    assert outcome(figures, "definition", {"indicators": ["fauna_crimes"]}, came(meaning)) == "wrong"
    for kind in ("out", "none"):
        assert outcome(figures, kind, {}, came(None)) == outcome(figures, kind, {}, came(about)) == "met"
        assert outcome(figures, kind, {}, came({**value(), "value": 8.5})) == "wrong"
