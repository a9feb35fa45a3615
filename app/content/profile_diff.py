"""Two editions of a profile compared, and mentions in other profiles, as text and Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.content.links import profile_link
from app.content.markdown import escaped
from app.content.profile_rows import signed
from corpus.taxonomy import Taxonomy
from index.contract.typed_results import Mention
from index.language.phrases import joined
from index.profiles.edition_diff import ComparedSection, ComparedSentence, Fate
from index.profiles.profile import ScoreLine

_SIGNS = {Fate.KEPT: "=", Fate.ADDED: "+", Fate.REMOVED: "−", Fate.MOVED: "↷"}
_BACKGROUNDS = {Fate.KEPT: "gray", Fate.ADDED: "green", Fate.REMOVED: "red", Fate.MOVED: "blue"}


def compared_line(line: ComparedSentence) -> str:
    """A sentence as Markdown, led by a sign and a word for its fate; the colour only repeats them."""
    label = f":{_BACKGROUNDS[line.fate]}-background[**{escaped(_SIGNS[line.fate])} {line.fate.value}**]"
    return f"{label} {escaped(line.sentence.text)}"


def compared_lines(section: ComparedSection, *, kept: bool) -> str:
    """The sentences of a section as Markdown paragraphs, with or without those that were kept."""
    return "\n\n".join(compared_line(s) for s in section.sentences if kept or s.fate is not Fate.KEPT)


def counts_words(sections: Iterable[ComparedSection]) -> str:
    """How many sentences had which fate: "3 added, 2 removed, 4 kept"."""
    sections = list(sections)
    counts = {fate: sum(s.count(fate) for s in sections) for fate in (Fate.ADDED, Fate.REMOVED, Fate.MOVED, Fate.KEPT)}
    return joined([f"{number} {fate.value}" for fate, number in counts.items() if number])


def only_edition_words(name: str, edition: int) -> str:
    """That there is no other edition to compare with."""
    return f"Only the {edition} profile text is loaded for {name}, so there is no other edition to compare it with."


def sides_words(section: ComparedSection, earlier: int, later: int) -> str:
    """Which of the two editions has text in a section, or that nothing changed; empty if both have text and it differs."""
    if section.earlier_text and section.later_text:
        return "" if len(section.sentences) > section.count(Fate.KEPT) else "Every sentence was kept."
    if section.later_text:
        return f"The {earlier} page has no text here, so all of the {later} text counts as added."
    if section.earlier_text:
        return f"The {later} page has no text here, so all of the {earlier} text counts as removed."
    return "Neither page has text here."


def moved_rows(indicators: Sequence[str], lines: Mapping[str, ScoreLine], taxonomy: Taxonomy) -> str:
    """The scores that a section is about, before and after, as a Markdown list; empty if none is loaded."""
    rows = []
    for line in (lines[i] for i in indicators if i in lines):
        before = "none" if line.earlier is None else f"{line.earlier:.2f}"
        name = escaped(taxonomy.indicators[line.indicator].name)
        rows.append(f"- {name}: {before} → **{line.value:.2f}**, {signed(line, taxonomy)}")
    return "\n".join(rows)


def mentions_words(name: str, mentioning: int, others: int) -> str:
    """How many of the other countries with a loaded profile mention this one."""
    if not others:
        return "No profile of another country is loaded."
    if not mentioning and others == 1:
        return f"The one other country with a loaded profile does not mention {name}."
    if not mentioning:
        return f"None of the {others} other countries with a loaded profile mentions {name}."
    of = "the one other country" if others == 1 else f"{mentioning} of the {others} other countries"
    return f"Mentioned by {of} with a loaded profile (first mention in the latest edition)"


def mention_lines(mentions: Sequence[Mention], taxonomy: Taxonomy) -> str:
    """The mentioning sentences as a Markdown list; each place links to the profile at that sentence."""
    return "\n".join(
        f"- [{escaped(taxonomy.countries[m.country].name)}, {m.edition}]"
        f"({profile_link(m.country, m.edition, m.passage, m.at)}): “{escaped(m.text)}”"
        for m in sorted(mentions, key=lambda m: taxonomy.countries[m.country].name)
    )
