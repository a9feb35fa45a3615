"""The text of two editions, compared sentence by sentence."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.content.profile_diff import compared_line, compared_lines, counts_words, mentions_words, sides_words
from index.passages.passage import Passage, PassageKind
from index.profiles.edition_diff import ComparedSentence, Fate, Sentence, compare_sentences, compared, sentences_of
from index.profiles.profile import SectionText

texts = st.lists(
    st.sampled_from(["Salt is dug.", "Guns are sold.", "Boats leave.", "Nobody looks.", "Salt  is dug."]), max_size=8
)


def section(name: str, sentences: list[str], edition: int = 2021) -> SectionText:
    """A section of one paragraph."""
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    passage = Passage(
        f"TCD-{edition}-{name}-1", PassageKind.PARAGRAPH, text, "x", "TCD", edition, name, name, 1, sentences=tuple(spans)
    )
    return SectionText(name, name.title(), (), (passage,) if sentences else (), None, True)


def plain(sentences: list[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, "p", (0, len(text))) for text in sentences)


def words(sentences: list[str]) -> Counter[str]:
    return Counter(" ".join(s.split()) for s in sentences)


@given(texts, texts)
def test_both_pages_can_be_rebuilt_from_the_comparison(before: list[str], after: list[str]) -> None:
    lines = compare_sentences(plain(before), plain(after))
    assert [" ".join(x.sentence.text.split()) for x in lines if x.fate in (Fate.KEPT, Fate.REMOVED)] == [
        " ".join(s.split()) for s in before
    ]
    assert [x.sentence.text for x in lines if x.fate in (Fate.KEPT, Fate.ADDED)] == after


@given(texts)
def test_an_unchanged_page_is_kept_whole(before: list[str]) -> None:
    assert {x.fate for x in compare_sentences(plain(before), plain(before))} <= {Fate.KEPT}


@given(texts, texts, texts, texts)
def test_a_sentence_is_never_both_removed_and_added(a: list[str], b: list[str], c: list[str], d: list[str]) -> None:
    found = compared((section("one", a), section("two", b)), (section("one", c, 2023), section("two", d, 2023)))
    by_fate = {fate: words([x.sentence.text for s in found for x in s.sentences if x.fate is fate]) for fate in Fate}
    assert not by_fate[Fate.ADDED] & by_fate[Fate.REMOVED]
    assert by_fate[Fate.KEPT] + by_fate[Fate.MOVED] + by_fate[Fate.REMOVED] == words([*a, *b])
    assert by_fate[Fate.KEPT] + by_fate[Fate.MOVED] + by_fate[Fate.ADDED] == words([*c, *d])


def test_a_sentence_found_in_another_section_is_shown_there_as_moved() -> None:
    found = compared(
        (section("one", ["Salt is dug."]), section("two", [])),
        (section("one", [], 2023), section("two", ["Salt is dug.", "Boats leave."], 2023)),
    )
    assert found[0].sentences == ()
    assert [(x.fate, x.sentence.passage) for x in found[1].sentences] == [
        (Fate.MOVED, "TCD-2023-two-1"),
        (Fate.ADDED, "TCD-2023-two-1"),
    ]
    assert counts_words(found) == "1 added and 1 moved"
    assert sides_words(found[0], 2021, 2023) == "The 2023 page has no text here, so all of the 2021 text counts as removed."
    assert sides_words(found[1], 2021, 2023) == "The 2021 page has no text here, so all of the 2023 text counts as added."


def test_a_sentence_keeps_its_passage_and_range() -> None:
    one = section("one", ["Salt is dug.", "Boats leave."])
    assert [one.paragraphs[0].text[a:b] for a, b in (s.at for s in sentences_of(one))] == ["Salt is dug.", "Boats leave."]


def test_every_fate_has_a_sign_and_a_word_and_the_text_is_escaped() -> None:
    signs = {}
    for fate in Fate:
        line = compared_line(ComparedSentence(Sentence("A [b](http://x.example) $c$", "p", (0, 1)), fate))
        label, text = line.split("]", 1)
        signs[fate] = label.split("**")[1]
        assert fate.value in label
        assert text == r" A \[b\]\(http\:\/\/x\.example\) \$c\$"
    assert len(set(signs.values())) == len(Fate)


def test_the_number_of_profiles_that_mention_a_country_is_stated() -> None:
    assert mentions_words("Chad", 0, 0) == "No profile of another country is loaded."
    assert mentions_words("Chad", 0, 1) == "The one other country with a loaded profile does not mention Chad."
    assert mentions_words("Chad", 0, 60) == "None of the 60 other countries with a loaded profile mentions Chad."
    assert mentions_words("Chad", 3, 60).startswith("Mentioned by 3 of the 60 other countries with a loaded profile")


def test_kept_sentences_can_be_left_out() -> None:
    (found,) = compared((section("one", ["Salt is dug."]),), (section("one", ["Salt is dug.", "Boats leave."], 2023),))
    assert "kept" in compared_lines(found, kept=True)
    assert "kept" not in compared_lines(found, kept=False)
    (same,) = compared((section("one", ["Salt is dug."]),), (section("one", ["Salt is dug."], 2023),))
    assert sides_words(same, 2021, 2023) == "Every sentence was kept."
    (none,) = compared((section("one", []),), (section("one", [], 2023),))
    assert sides_words(none, 2021, 2023) == "Neither page has text here."
