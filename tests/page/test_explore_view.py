"""The Explore page without a browser: every state has an address, every error plain words and a next step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

import app.settings
from index.scores.loaded_scores import LoadedScores
from index.scores.score_store import ScoreStore

SCRIPT = str(Path(app.settings.__file__).parent / "screens" / "explore_page.py")


def opened(index: Path, monkeypatch: pytest.MonkeyPatch, **asked: str | list[str]) -> AppTest:
    monkeypatch.setenv("OCQA_INDEX", str(index))
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def text(page: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(e.value for kind in kinds for e in getattr(page, kind)).replace("\\", "")


def charts(page: AppTest) -> list[dict[str, object]]:
    return [json.loads(c.proto.spec) for c in page.get("vega_lite_chart")]


def rows(page: AppTest) -> list[dict[str, str]]:
    return [{k: str(v).replace("\\", "") for k, v in row.items()} for row in page.table[0].value.to_dict("records")]


def own_link(page: AppTest) -> dict[str, list[str]]:
    shown = next(m.value for m in page.markdown if m.value.startswith("[Link to this view]"))
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(shown.split("](")[1].rstrip(")")).query):
        asked.setdefault(name, []).append(value)
    return asked


def test_the_first_view_is_a_ranking_of_what_is_loaded(south_america_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(south_america_index, monkeypatch)
    assert "Among the 12 loaded countries (of 193), Colombia has the highest score for criminality in the 2025 edition" in text(
        page
    )
    assert len(rows(page)) == 12 and rows(page)[0]["Country"] == "Colombia"
    assert len(charts(page)) == 1
    assert [b.label for b in page.get("download_button")] == ["Download as CSV", "Download as XLSX", "Download as JSON"]
    assert "Global Initiative Against Transnational Organized Crime" in text(page)


@pytest.mark.parametrize(
    ("view", "asked", "told", "drawn"),
    [
        ("Ranking", {"indicator": "Cocaine trade", "edition": "2021", "group": "South America (region)", "order": "Lowest first",
                     "show": "10", "scores": ["7.5", "9"]}, "ranks are among all 12", 1),
        ("Map", {"indicator": "Resilience", "edition": "2023"}, "Natural Earth, public domain", 1),
        ("Compare", {"countries": ["Peru", "Chile", "Brazil"], "indicators": ["Criminal markets", "Cocaine trade"],
                     "edition": "2023", "since": "2021"}, "do not cover the same indicators", 4),
        ("Scatter", {"indicator": "Cocaine trade", "against": "Financial crimes", "edition": "2023"}, "not causation", 1),
        ("Averages", {"across": "Indicators", "group": "South America (region)", "edition": "2021"}, "cannot be compared", 2),
    ],
)  # fmt: skip
def test_every_view_opens_in_the_state_of_its_address_and_links_to_it(
    view: str,
    asked: dict[str, str | list[str]],
    told: str,
    drawn: int,
    south_america_index: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(south_america_index, monkeypatch, view=view, **asked)
    assert told in text(page) and not page.info and not page.warning
    assert len(charts(page)) == drawn and rows(page)
    own = own_link(page)
    for name, value in {"view": view, **asked}.items():
        assert own[name] == ([value] if isinstance(value, str) else value)
    again = opened(south_america_index, monkeypatch, **own)
    assert rows(again) == rows(page) and own_link(again) == own and not again.info


def test_choosing_in_the_boxes_changes_what_is_shown(south_america_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(south_america_index, monkeypatch)
    page.selectbox(key="explore-indicator").set_value("Financial crimes").run()
    assert (
        own_link(page)["indicator"] == ["Financial crimes"]
        and "2021" not in page.segmented_control(key="explore-edition").options
    )
    page.segmented_control(key="explore-view").set_value("Map").run()
    assert not page.exception and "Financial crimes, 2025 edition, the world" in text(page)


def test_the_ignored_part_of_an_address_is_named(south_america_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(south_america_index, monkeypatch, view="Ranking", indicator="Jaywalking", edition="2022", colour="red")
    assert "Part of the address was ignored" in page.info[0].value
    assert all(word in text(page) for word in ("'Jaywalking'", "'2022'", "'colour'")) and rows(page)
    assert "Part of the address" in text(opened(south_america_index, monkeypatch, view="<script>"))


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"view": "Ranking", "group": "Melanesia (region)"}, "are loaded for Melanesia"),
        ({"view": "Ranking", "scores": ["1", "1.5"]}, "None of the 12 countries scores from 1.00 to 1.50"),
        ({"view": "Compare", "countries": ["Peru"]}, "Only Peru is selected"),
        ({"view": "Scatter", "against": "Criminality"}, "the same indicator"),
        ({"view": "Scatter", "group": "Melanesia (region)"}, "No country in Melanesia has both scores"),
        ({"view": "Averages", "across": "Indicators", "group": "Melanesia (region)"}, "None of the scores needed are loaded"),
    ],
)
def test_a_view_with_nothing_to_show_says_why_and_what_to_do(
    asked: dict[str, str | list[str]], why: str, south_america_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(south_america_index, monkeypatch, **asked)
    assert why in page.warning[0].value.replace("\\", "") and "What to do:" in text(page)
    assert not page.table and not charts(page)


def test_no_index_and_an_index_without_scores_say_what_to_run(
    world_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path / "none", monkeypatch)
    assert "there is no index" in page.error[0].value and "ocqa build" in text(page)
    index = Path(shutil.copytree(world_index, tmp_path / "index"))
    monkeypatch.setattr(ScoreStore, "loaded", lambda self: LoadedScores.of([]))
    page = opened(index, monkeypatch)
    assert "has no scores" in page.warning[0].value and "ocqa fetch" in text(page)


def test_an_edition_with_a_single_country_is_shown(world_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for view in ("Ranking", "Map", "Averages"):
        assert "2023 edition" in text(opened(world_index, monkeypatch, view=view, edition="2023"))
    assert "fewer than 3 countries" in text(opened(world_index, monkeypatch, view="Scatter", edition="2023"))
