"""The drawn scores of a profile: cards, bars, sparklines, signed changes, and the scores beside a section."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.explore_choices import Choices
from app.content.profile_cards import ask_links, cards_of
from app.content.profile_choice import Opening
from app.content.profile_rows import by_indicator, signed_number
from app.content.profile_spark import OwnScores, Spark
from app.content.profile_tables import family_table, shown_sections
from app.reports.html import fill
from corpus.taxonomy import load_taxonomy
from index.generations.snapshot import Snapshot
from index.profiles.profile import ScoreLine, edition_before, profile_sections, score_lines
from index.scores.loaded_scores import LoadedScores

TAXONOMY = load_taxonomy()
CHOICES = Choices(
    TAXONOMY, LoadedScores({i.id: {e: frozenset({"TCD"}) for e in TAXONOMY.editions} for i in TAXONOMY.measured(2025)})
)
halves = st.integers(2, 20).map(lambda n: Decimal(n) / 2)


def scored(scores: dict[int, dict[str, str]]) -> tuple[dict[str, ScoreLine], OwnScores]:
    """Chad's lines of the latest of these editions, and all its scores: 5 unless given. Niger is loaded for cocaine alone."""
    own = {
        (i.id, edition): (Decimal(given.get(i.id, "5")), f"cell {i.id}")
        for edition, given in scores.items()
        for i in TAXONOMY.measured(edition)
    }
    latest = max(scores)
    everyone = {("TCD", e, i): value for (i, e), (value, _) in own.items()}
    everyone["NER", latest, "cocaine_trade"] = Decimal("5.5")
    return by_indicator(score_lines("TCD", latest, edition_before(latest, scores), own, everyone, TAXONOMY)), own


@pytest.mark.parametrize(("change", "written"), [("0.5", "+0.50"), ("-0.12", "−0.12"), ("0.00", "0.00")])
def test_a_change_is_a_signed_number(change: str, written: str) -> None:
    assert signed_number(Decimal(change)) == written


def test_rows_have_a_bar_a_signed_change_and_its_words() -> None:
    lines, own = scored({2021: {}, 2023: {"mafia_style_groups": "5.5", "foreign_actors": "10"}})
    table = family_table("criminal_actors", lines, 2023, own, CHOICES)
    assert table is not None
    assert (table.before, table.rank_head, table.dash) == (2021, "Rank out of the 1 loaded", "not measured before")
    rows = {row.barred.name: row for row in table.rows}
    assert list(rows) == [
        "Mafia-style groups", "Criminal networks", "State-embedded actors", "Foreign actors", "Private sector actors"
    ]  # fmt: skip
    moved, new = rows["Mafia-style groups"], rows["Private sector actors"]
    assert (moved.barred.score, moved.barred.width, moved.change, moved.change_words) == ("5.50", "55.0", "+0.50", "one step up")
    assert (new.change, new.change_words, new.rank) == ("–", "not measured before", "1st")
    assert rows["Foreign actors"].barred.width == "100.0"
    assert moved.barred.link == "/explore?view=Ranking&indicator=Mafia-style+groups&edition=2023"
    markets = family_table("criminal_markets", lines, 2023, own, CHOICES)
    assert markets is not None and markets.rank_head == "World rank"
    assert {r.barred.name: r.rank for r in markets.rows}["Cocaine trade"] == "2nd of the 2 loaded (193 in all)"
    assert family_table("criminal_markets", {}, 2023, own, CHOICES) is None


def test_a_first_edition_has_no_column_of_changes() -> None:
    lines, own = scored({2021: {}})
    table = family_table("resilience", lines, 2021, own, CHOICES)
    assert table is not None and (table.name, table.average, table.before) == ("Resilience indicators", "", None)
    drawn = fill("profile_table.html.j2", table=table)
    assert "Since" not in drawn and drawn.count('scope="col"') == 4
    assert "Scale 1 to 10, <strong>higher is better</strong>." in drawn


def test_a_card_says_direction_change_like_for_like_and_rank() -> None:
    before = {"criminal_markets": "6.20"}
    after = {"criminal_markets": "6.20", **{i: "5.5" for i in TAXONOMY.parts("criminal_markets", 2021)}, "resilience": "4"}
    lines, own = scored({2021: before, 2023: after})
    cards = {card.name: card for card in cards_of(lines, own, CHOICES)}
    assert list(cards) == ["Criminality", "Criminal markets", "Criminal actors", "Resilience"]
    markets, resilience = cards["Criminal markets"], cards["Resilience"]
    assert (markets.score, markets.change) == ("6.20", "0.00 since 2021")
    assert markets.like_for_like == "+0.50 like for like, which is worse"
    assert (resilience.direction, resilience.change) == ("higher is better", "−1.00 since 2021, which is worse")
    assert resilience.like_for_like == "" and resilience.rank == "1st of the 1 loaded (193 in all) in the world"
    assert markets.spark.words == "6.20 in 2021, 6.20 in 2023, no score in 2025"
    assert "%" not in "".join(f"{c.change}{c.like_for_like}{c.rank}" for c in cards.values())


@given(st.lists(st.none() | halves, min_size=1, max_size=4))
def test_a_sparkline_stays_inside_and_is_broken_where_a_score_is_missing(values: list[Decimal | None]) -> None:
    spark = Spark(tuple(enumerate(values, start=2021)), 2021, "#123456")
    drawn = ElementTree.fromstring(unquote(spark.source.removeprefix("data:image/svg+xml,")))
    path, *dots = list(drawn)
    assert len(dots) == sum(v is not None for v in values)
    assert all(3 < float(d.attrib["cx"]) < 61 and 3 < float(d.attrib["cy"]) < 21 for d in dots)
    gaps = sum(v is not None and (n == 0 or values[n - 1] is None) for n, v in enumerate(values))
    assert path.attrib["d"].count("M") == gaps
    heights = [at[1] for at in spark.points if at]
    having = [v for v in values if v is not None]
    assert sorted(range(len(having)), key=lambda n: (-heights[n], n)) == sorted(range(len(having)), key=lambda n: (having[n], n))


def test_a_section_stands_beside_its_scores_and_an_empty_one_says_why(world: Snapshot) -> None:
    lines, _ = scored({2021: {"flora_crimes": "7.5"}})
    text = profile_sections(world.profiles["TCD", 2021], world.passages, TAXONOMY)
    first = next(p for s in text for p in s.paragraphs)
    sections = {s.name: s for s in shown_sections(text, lines, "TCD", 2021, Opening(first, (0, 4)), CHOICES)}
    flora = sections["Environment"].scores[0]
    assert (flora.name, flora.score, flora.width) == ("Flora crimes", "7.50", "75.0")
    assert [p.anchor for p in sections["Environment"].paragraphs] == ["environment-1", "environment-2"]
    assert sections["Environment"].paragraphs[0].stretches[1] == (first.text[:4], True)
    assert sections["Cyber Crimes"].scores == () and "since 2023" in sections["Cyber Crimes"].silence


def test_who_controls_a_market_is_asked_only_where_the_text_is_loaded(world: Snapshot) -> None:
    lines, _ = scored({2021: {}, 2023: {"flora_crimes": "8", "human_trafficking": "9"}})
    text = profile_sections(world.profiles["TCD", 2021], world.passages, TAXONOMY)
    asked = ask_links("Chad", 2023, lines, text, TAXONOMY)
    assert asked.startswith("Ask about Chad: [tell me about Chad](/?question=Tell+me+about+Chad+in+2023) · ")
    assert "[what changed since 2021](/?question=What+changed+in+Chad+between+2021+and+2023%3F)" in asked
    assert asked.endswith("[who controls flora crimes](/?question=Who+controls+flora+crimes+in+Chad+in+2023%3F)")
    assert "who controls" not in ask_links("Chad", 2023, lines, (), TAXONOMY)
