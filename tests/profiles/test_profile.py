"""The profile of a country in an edition: ranks, changes, sections, and the words for them."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.profile_files import score_rows, scores_json
from app.content.profile_rows import (
    by_indicator,
    change_sentences,
    change_words,
    detail_list,
    first_words,
    header_rows,
    in_part_words,
    no_change_words,
    silence_words,
    standing_words,
)
from app.content.table_files import csv_text
from corpus.sources import load_corpus
from corpus.taxonomy import WORLD, Taxonomy, load_taxonomy
from index.generations.snapshot import Snapshot
from index.profiles.profile import ScoreLine, SectionText, edition_before, paragraphs_of, profile_sections, score_lines
from index.retrieval.mentions import mentions_of_country
from index.scores.like_for_like import rounded
from index.scores.ranking import Standing, standing

TAXONOMY = load_taxonomy()
CODES = sorted(TAXONOMY.countries)[:12]
half_points = st.integers(2, 20).map(lambda n: Decimal(n) / 2)
Everyone = dict[tuple[str, int, str], Decimal]


@given(st.dictionaries(st.sampled_from(CODES), half_points), st.sampled_from(CODES), st.sets(st.sampled_from(CODES)))
def test_a_rank_is_the_position_in_the_sorted_list_and_ties_share_the_best(
    values: dict[str, Decimal], country: str, members: set[str]
) -> None:
    found = standing(values, country, "a group", members)
    if country not in values or country not in members:
        assert found is None
        return
    ordered = sorted((values[c] for c in members & values.keys()), reverse=True)
    assert found == Standing(
        ordered.index(values[country]) + 1, len(ordered), ordered.count(values[country]), "a group", len(members)
    )


@given(st.dictionaries(st.sampled_from(CODES), half_points, min_size=1))
def test_the_ranks_of_a_group_count_everyone_once(values: dict[str, Decimal]) -> None:
    found = [standing(values, c, "all", CODES) for c in values]
    assert sorted(s.rank for s in found) == sorted(r for s in {s.rank: s for s in found}.values() for r in [s.rank] * s.sharing)
    assert min(s.rank for s in found) == 1


def test_a_rank_says_whether_it_is_tied_and_how_many_countries_are_loaded() -> None:
    assert standing_words(Standing(26, 193, 1, WORLD, 193)) == "26th of 193"
    assert standing_words(Standing(26, 193, 3, WORLD, 193), " in the world") == "joint 26th of 193 in the world"
    assert standing_words(Standing(2, 3, 2, "Africa", 54), " in Africa") == "joint 2nd of the 3 loaded in Africa (54 in all)"


def test_the_edition_before_is_the_latest_earlier_one() -> None:
    assert edition_before(2025, (2021, 2025)) == 2021
    assert edition_before(2025, (2021, 2023, 2025)) == 2023
    assert edition_before(2021, (2021, 2023)) is None


def filled(scores: dict[int, dict[str, str]], country: str = "TCD") -> tuple[ScoreLine, ...]:
    """The lines of the latest of these editions; every measured indicator scores 5 unless given."""
    own = {
        (i.id, edition): (Decimal(given.get(i.id, "5")), f"cell {i.id}")
        for edition, given in scores.items()
        for i in TAXONOMY.measured(edition)
    }
    everyone = {(country, e, i): value for (i, e), (value, _) in own.items()} | {("NER", 2023, "cocaine_trade"): Decimal("5.5")}
    latest = max(scores)
    return score_lines(country, latest, edition_before(latest, scores), own, everyone, TAXONOMY)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("5", "5.5", "one step up"),
        ("5", "4", "two steps down"),
        ("5", "5", "no change"),
        ("5.00", "8.50", "7 steps up"),
        ("5", "5.25", "up 0.25"),
    ],
)
def test_a_measured_indicator_moves_in_steps(before: str, after: str, words: str) -> None:
    lines = by_indicator(filled({2021: {"cocaine_trade": before}, 2023: {"cocaine_trade": after}}))
    assert change_words(lines["cocaine_trade"], TAXONOMY) == words


def test_an_added_indicator_was_not_measured_before_and_a_missing_score_is_not_loaded() -> None:
    lines = by_indicator(filled({2021: {}, 2023: {}}))
    assert change_words(lines["cyber_dependent_crimes"], TAXONOMY) == "not measured before"
    own = {("cocaine_trade", 2023): (Decimal(5), "x")}
    (line,) = score_lines("TCD", 2023, 2021, own, {}, TAXONOMY)
    assert (change_words(line, TAXONOMY), line.standings) == ("not loaded for 2021", ())


def test_an_indicator_added_in_between_was_not_measured_in_the_edition_compared_with() -> None:
    lines = by_indicator(filled({2021: {}, 2025: {}}))
    assert change_words(lines["cyber_dependent_crimes"], TAXONOMY) == "not measured in 2021"


def test_a_change_in_an_average_is_never_given_in_steps() -> None:
    lines = by_indicator(filled({2023: {"criminality": "5"}, 2025: {"criminality": "5.5"}}))
    assert change_words(lines["criminality"], TAXONOMY) == "up 0.50"


@given(st.dictionaries(st.sampled_from([i.id for i in TAXONOMY.measured(2021) if not TAXONOMY.parts(i.id, 2021)]), half_points))
def test_like_for_like_is_the_change_over_what_both_editions_measured(given_scores: dict[str, Decimal]) -> None:
    later = {i: str(v) for i, v in given_scores.items()}
    lines = by_indicator(filled({2021: {}, 2023: later}))
    parts = TAXONOMY.parts("criminal_markets", 2021)
    expected = rounded(sum((given_scores.get(p, Decimal(5)) for p in parts), Decimal(0)) / len(parts) - 5)
    assert lines["criminal_markets"].like_for_like == expected
    assert set(lines["criminal_markets"].added) == set(TAXONOMY.parts("criminal_markets", 2023)) - set(parts)
    assert lines["resilience"].added == () and lines["resilience"].like_for_like is None


def test_a_change_across_the_break_is_given_both_ways_and_says_which_is_worse() -> None:
    before = {"criminal_markets": "6.20", "criminality": "6.35"}
    after = {"criminal_markets": "6.20", "criminality": "6.40", **{i: "5.5" for i in TAXONOMY.parts("criminal_markets", 2021)}}
    lines = by_indicator(filled({2021: before, 2023: after}))
    told = " ".join(change_sentences(lines["criminal_markets"], TAXONOMY))
    assert "Since 2021: no change, from 6.20 to 6.20." in told
    assert "the 2021 edition did not measure extortion and protection racketeering, trade in counterfeit goods," in told
    assert "Like for like, over the indicators that both editions measured: up 0.50, which is worse." in told
    top = change_sentences(lines["criminality"], TAXONOMY)
    assert top[0] == "Since 2021: up 0.05, from 6.35 to 6.40, which is worse."
    assert "did not measure six indicators" in top[1]
    assert top[-1] == "Its rank stayed 1st of 1 (1st is the highest score)."


def test_higher_resilience_is_better() -> None:
    lines = by_indicator(filled({2021: {"resilience": "5"}, 2023: {"resilience": "4.5"}}))
    assert change_sentences(lines["resilience"], TAXONOMY)[0].endswith("down 0.50, from 5.00 to 4.50, which is worse.")
    assert first_words("resilience", TAXONOMY) == "1st is the highest and best score."
    assert first_words("cocaine_trade", TAXONOMY) == "1st is the highest and worst score."


def test_an_edition_that_is_incomplete_or_has_no_earlier_one_says_so() -> None:
    def words(*editions: int) -> str:
        return no_change_words(filled({e: {} for e in editions}), max(editions), "Chad", TAXONOMY)

    assert words(2021) == "2021 is the first edition of the Index, so there are no changes to show."
    assert words(2023) == "No earlier scores of Chad are loaded, so no changes are shown."
    assert words(2021, 2023) == ""
    alone = filled({2021: {}})
    assert in_part_words(alone, 2021, TAXONOMY) == ""
    assert in_part_words(alone[1:], 2021, TAXONOMY) == "Not loaded: criminality."
    assert in_part_words(alone[:3], 2021, TAXONOMY).startswith("Only 3 of the ")


def test_definitions_come_with_all_ranks_and_the_source() -> None:
    lines = by_indicator(filled({2021: {}}))
    texts = {"foreign_actors": "Not *ours*."}
    listed = detail_list("criminal_actors", lines, 2021, texts, TAXONOMY).replace("\\", "").split("\n")
    assert listed[:2] == ["1st is the highest and worst score.", ""]
    assert listed[-1] == (
        "- **Foreign actors**: Not *ours*. 1st of the 1 loaded in the world (193 in all), 1st of the 1 loaded in Africa (54 in "
        "all) and 1st of the 1 loaded in Central Africa (11 in all). Source: cell foreign_actors"
    )
    assert len(listed) == 2 + 5
    assert TAXONOMY.indicators["criminal_networks"].definition in listed[4]


def test_facts_without_a_value_say_so() -> None:
    assert header_rows([("Capital", "Lima"), ("GDP", "n/a"), ("Area", "")]) == (
        "Capital: **Lima** · GDP: **not given** · Area: **not given**"
    )


def test_sections_are_those_of_the_index_and_say_why_they_are_empty(world: Snapshot, taxonomy: Taxonomy) -> None:
    sections = profile_sections(world.profiles["TCD", 2021], world.passages, taxonomy)
    assert [s.id for s in sections] == [s.id for s in taxonomy.sections]
    found = {s.id: s for s in sections}
    assert [p.paragraph for p in found["environment"].paragraphs] == [1, 2]
    assert "has covered this since 2023" in silence_words(found["cyber_crimes"], 2021)
    assert "no text in this section" in silence_words(found["people"], 2021)
    for section in sections:
        if not section.paragraphs:
            assert "no crime" not in silence_words(section, 2021)
    assert "does not have this section" in silence_words(SectionText("x", "X", (), (), None, False), 2021)
    assert list(paragraphs_of(sections)) == [
        "TCD-2021-environment-1", "TCD-2021-environment-2", "TCD-2021-drugs-1", "TCD-2021-criminal-justice-and-security-1"
    ]  # fmt: skip


def test_ranks_agree_with_those_of_answers(world: Snapshot, taxonomy: Taxonomy) -> None:
    own = world.score_store.scores_of(("NER",))["NER"]
    line = by_indicator(score_lines("NER", 2021, None, own, world.score_store.all_scores(), taxonomy))["criminality"]
    assert [(s.within, s.rank, s.of, s.members) for s in line.standings] == [
        (WORLD, 3, 3, 193), ("Africa", 3, 3, 54), ("West Africa", 2, 2, 15)
    ]  # fmt: skip


def test_files_hold_numbers_and_every_score(world: Snapshot, taxonomy: Taxonomy) -> None:
    own = world.score_store.scores_of(("TCD",))["TCD"]
    lines = score_lines("TCD", 2023, 2021, own, world.score_store.all_scores(), taxonomy)
    rows = list(csv.DictReader(io.StringIO(csv_text(score_rows("TCD", 2023, lines, taxonomy)))))
    assert [r["indicator"] for r in rows] == [i.id for i in taxonomy.measured(2023)]
    assert (rows[0]["score"], rows[0]["change"], rows[0]["world_members"], rows[0]["scale"]) == (
        "6.0", "0.0", "193", "1 to 10, higher is worse"
    )  # fmt: skip
    whole = json.loads(scores_json("TCD", 2023, lines, (("Capital", "Somewhere"),), "000001", taxonomy))
    assert whole["header"] == [{"label": "Capital", "value": "Somewhere"}]
    assert next(s for s in whole["scores"] if s["indicator"] == "cyber_dependent_crimes")["change"] is None


def test_a_fall_stays_a_number_in_the_csv() -> None:
    lines = filled({2021: {"cocaine_trade": "5"}, 2023: {"cocaine_trade": "4.5"}})
    rows = {r["indicator"]: r for r in csv.DictReader(io.StringIO(csv_text(score_rows("TCD", 2023, lines, TAXONOMY))))}
    assert rows["cocaine_trade"]["change"] == "-0.5"


def test_mentions_of_a_country_are_found_by_its_whole_name_and_not_by_single_words(rebuilt) -> None:
    snapshot = rebuilt(
        {
            ("Chad", 2021): {"Trade": ("Traders from Guinea come by night.",)},
            ("Niger", 2021): {"Trade": ("Equatorial Guinea sends ships. The Gulf of Guinea is far.",)},
            ("Nigeria", 2021): {"Trade": ("Guns are sold. Guinean brokers are paid in salt.",), "People": ("Guinea again.",)},
        }
    )
    found = mentions_of_country(snapshot, "GIN")
    assert [(m.country, m.passage, m.text) for m in found] == [
        ("NGA", "NGA-2021-people-1", "Guinea again."),
        ("TCD", "TCD-2021-trade-1", "Traders from Guinea come by night."),
    ]
    assert [m.country for m in mentions_of_country(snapshot, "GNQ")] == ["NER"]
    assert mentions_of_country(snapshot, "PER") == ()


def test_the_workbook_gives_the_ranks_and_changes_that_are_known(shared: Path, taxonomy: Taxonomy) -> None:
    """Peru's ranks are given on its pages; how many countries' two changes disagree was counted independently."""
    corpus = load_corpus([shared / "workbook"], taxonomy)
    everyone = {(s.country, s.edition, s.indicator): Decimal(str(s.value)) for s in corpus.scores}

    def lines(country: str, edition: int, before: int | None, others: Everyone) -> dict[str, ScoreLine]:
        own = {(i, e): (value, "") for (c, e, i), value in everyone.items() if c == country}
        return by_indicator(score_lines(country, edition, before, own, others, taxonomy))

    def ranks(edition: int, indicator: str) -> list[tuple[int, int]]:
        return [(s.rank, s.of) for s in lines("PER", edition, None, everyone)[indicator].standings]

    assert ranks(2021, "criminality") == [(26, 193), (9, 35), (5, 12)]
    assert ranks(2021, "resilience") == [(106, 193), (23, 35), (8, 12)]
    assert [ranks(e, "criminality")[0][0] for e in (2023, 2025)] == [32, 31]
    peru = lines("PER", 2023, 2021, everyone)["criminal_markets"]
    assert (peru.change, peru.like_for_like) == (Decimal(0), Decimal("0.50"))
    moved = [lines(c, 2023, 2021, {})["criminal_markets"] for c in taxonomy.countries]
    gaps = [(x.change, x.like_for_like) for x in moved if x.change is not None and x.like_for_like is not None]
    assert (len(gaps), sum(a * b < 0 for a, b in gaps), sum(abs(a - b) >= Decimal("0.25") for a, b in gaps)) == (193, 42, 78)
