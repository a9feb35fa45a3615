"""The Profile page without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import app.settings
from index.generations.snapshot import Snapshot

SCRIPT = str(Path(app.settings.__file__).with_name("page.py"))
Open = Callable[..., AppTest]
HOSTILE = "<script>alert(1)</script> ![x](http://evil.example/x.png) [y](javascript:z) $a^2$ :red[q] `c` **b** # h"


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(index: Path, **asked: str) -> AppTest:
        monkeypatch.setenv("OCQA_INDEX", str(index))
        page = AppTest.from_file(SCRIPT, default_timeout=60).run()
        page.switch_page("screens/profile_page.py")
        for name, value in asked.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return opened


def folder(snapshot: Snapshot) -> Path:
    return snapshot.folder.parent.parent


def address(page: AppTest) -> dict[str, str]:
    """The query of the address; what code set is a string here, what the test set is a list."""
    return {name: v if isinstance(v, str) else v[0] for name, v in page.query_params.items()}


def markdown(page: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error")
    return "\n".join(e.value for kind in kinds for e in getattr(page, kind))


def text(page: AppTest) -> str:
    return markdown(page).replace("\\", "")


def html(page: AppTest) -> str:
    """The HTML of our own, without styles and scripts."""
    return "\n".join(e.proto.body for e in page.get("html") if not e.proto.body.startswith(("<script>", "<style>")))


def test_a_page_with_text_and_scores_shows_all_of_it(shipped_index: Path, show: Open) -> None:
    page = show(shipped_index, country="PER", edition="2021")
    shown = text(page)
    assert page.title[0].value == "Peru, 2021 edition"
    assert not page.warning
    assert [h.value for h in page.header] == [
        "Scores", "Profile text", "Comparison with another edition", "Mentions in other profiles", "Download the scores"
    ]  # fmt: skip
    assert "Capital: **Lima**" in shown
    assert "[ocindex.net/2021/country/peru](https://ocindex.net/2021/country/peru)" in shown
    assert "[Link to this profile](/profile?country=PER&edition=2021)" in shown
    assert "26th of 193 in the world" in shown and "5th of 12 in South America" in shown
    assert "Scale 1 to 10, **higher is worse**" in shown and "Scale 1 to 10, **higher is better**" in shown
    assert "first edition of the Index, so there are no changes to show" in shown
    drawn = html(page)
    link = "/profile?country=PER&amp;edition=2021&amp;passage=PER-2021-environment-2#environment-2"
    assert f'<h4 id="environment-2"><a href="{link}">Environment 2</a></h4>' in drawn
    assert "Not measured in this edition: the Index has covered this since 2023." in drawn
    assert "The sentences are our own" in shown
    assert "Only the 2021 profile text is loaded for Peru" in shown
    assert drawn.count('<tr>\n<th scope="row">') == 10 + 4 + 12
    assert [b.label for b in page.get("download_button")] == ["Download as CSV", "Download as XLSX", "Download as JSON"]


def test_the_first_loaded_profile_is_shown_without_an_address(shipped_index: Path, show: Open) -> None:
    page = show(shipped_index)
    assert page.title[0].value == "Peru, 2021 edition"
    assert "The address names no country, so this is the first loaded profile." in text(page)
    wrong = show(shipped_index, country="ZZZ<b>", edition="2021")
    assert wrong.title[0].value == "Peru, 2021 edition"
    assert "\\<" in wrong.warning[0].value and "no country with the code" in wrong.warning[0].value


def test_scores_without_a_page_are_shown_with_plain_words(shipped_index: Path, show: Open) -> None:
    page = show(shipped_index, country="PER", edition="2023")
    assert "Only the scores of Peru 2023 are loaded, not the profile text. Text is loaded for 2021." in text(page)
    assert "Like for like, over the indicators that both editions measured: up 0.50, which is worse." in html(page)
    assert "one step up" in html(page)
    assert "+0.63 like for like, which is worse" in html(page)
    page = show(shipped_index, country="BRA", edition="2021")
    assert "No text is loaded for any edition of this country." in text(page)
    assert "Profile text" not in [h.value for h in page.header]


def test_a_page_without_valid_scores_shows_its_text(
    rebuilt, taxonomy, show: Open, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    import world

    monkeypatch.setattr(world, "SCORES", {**world.SCORES, "Chad": 0.0})
    monkeypatch.setattr(world, "scores_of", lambda country, edition, taxonomy: {i.id: 0.0 for i in taxonomy.measured(edition)})
    page = show(folder(rebuilt({("Chad", 2021): None})), country="TCD", edition="2021")
    assert "Only the profile text of Chad 2021 is loaded" in text(page)
    assert "Scores" not in [h.value for h in page.header]
    assert not page.get("download_button") and 'id="drugs-1"' in html(page)
    assert "profile-cards" not in html(page) and "Ask about Chad: [tell me about Chad]" in text(page)


def test_the_boxes_set_the_address_and_drop_its_passage(world_index: Path, show: Open) -> None:
    page = show(world_index, country="TCD", edition="2021", passage="TCD-2021-drugs-1", at="0-5")
    page.selectbox(key="profile_edition").set_value(2023).run()
    assert page.title[0].value == "Chad, 2023 edition"
    assert address(page) == {"country": "TCD", "edition": "2023"}
    page.selectbox(key="profile_country").set_value("NER").run()
    assert not page.exception
    assert page.title[0].value == "Niger, 2021 edition"
    assert address(page) == {"country": "NER"}


def test_a_passage_is_opened_and_its_range_is_highlighted(world_index: Path, show: Open) -> None:
    page = show(world_index, country="TCD", edition="2021", passage="TCD-2021-environment-1", at="0-11")
    assert "Opened at [Environment, paragraph 1](#environment-1)." in text(page)
    assert "<mark><strong>Blue marble</strong></mark> quarries near the lake" in html(page)
    assert html(page).count("<mark>") == 1
    lost = show(world_index, country="TCD", edition="2021", passage="TCD-2021-environment-9", at="0-11")
    assert "This profile has no passage" in text(lost) and "<mark>" not in html(lost)


def test_the_main_scores_are_cards_and_lead_on(shipped_index: Path, show: Open) -> None:
    page = show(shipped_index, country="PER", edition="2025")
    cards = next(e.proto.body for e in page.get("html") if e.proto.body.strip().startswith('<div class="profile-cards'))
    assert cards.count("<strong>") == 4
    for words in ("6.62", "of 10, higher is worse", "+0.22 since 2023, which is worse", "31st of 193 in the world"):
        assert words in cards
    assert 'alt="6.35 in 2021, 6.40 in 2023, 6.62 in 2025"' in cards
    assert "/explore?view=Ranking&amp;indicator=Criminality&amp;edition=2025" in cards
    assert "who controls" not in text(page)
    asked = text(show(shipped_index, country="PER", edition="2021"))
    assert "[tell me about Peru](/?question=Tell+me+about+Peru+in+2021) · [who controls" in asked


def test_two_editions_are_compared_beside_their_scores(rebuilt, show: Open) -> None:
    before = {"Drugs": ("Hashish comes on mules. Nobody looks.",), "Trade": ("Rifles are sold.",)}
    after = {"Drugs": ("Hashish comes on mules. Boats look.",), "Trade": ("Rifles are sold.",)}
    page = show(folder(rebuilt({("Chad", 2021): before, ("Chad", 2023): after})), country="TCD", edition="2023")
    shown = text(page)
    assert "Sentences from 2021 to 2023: 1 added, 1 removed and 2 kept." in shown
    assert "+ added**] Boats look." in shown and "− removed**] Nobody looks." in shown and "= kept" not in shown
    assert "- Cocaine trade: 6.00 → **6.00**, no change" in shown
    assert "- Cyber-dependent crimes: none → **6.00**, not measured before" in shown
    assert "Every sentence was kept." in shown
    page.toggle(key="profile_kept").set_value(True).run()
    assert "= kept**] Hashish comes on mules." in text(page)


def test_other_profiles_that_mention_the_country_are_linked_at_the_sentence(rebuilt, show: Open) -> None:
    index = folder(rebuilt({("Chad", 2021): None, ("Niger", 2021): {"Trade": ("Rifles go. Chadian smiths make them.",)}}))
    page = show(index, country="TCD", edition="2021")
    link = "/profile?country=NER&edition=2021&passage=NER-2021-trade-1&at=11-36#trade-1"
    assert f"- [Niger, 2021]({link}): “Chadian smiths make them.”" in text(page)
    assert "The one other country with a loaded profile does not mention Niger." in text(
        show(index, country="NER", edition="2021")
    )


def test_hostile_text_stays_text(rebuilt, show: Open) -> None:
    texts: Mapping[str, tuple[str, ...]] = {"Drugs": (f"{HOSTILE} Niger.",)}
    index = folder(rebuilt({("Chad", 2021): texts, ("Chad", 2023): {"Drugs": (HOSTILE,)}, ("Niger", 2021): None}))
    for asked in ({"country": "TCD", "edition": "2023"}, {"country": "NER", "edition": "2021"}):
        page = show(index, **asked)
        shown = markdown(page)
        assert "alert" in shown
        assert "<script" not in html(page) and ("&lt;script&gt;" in html(page)) == (asked["country"] == "TCD")
        for sign in ("<script", "![x", "[y]", "$a", ":red[", "`c`", "**b**"):
            assert not re.search(rf"(?<!\\){re.escape(sign)}", shown), sign
