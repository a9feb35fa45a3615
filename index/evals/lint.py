"""What is wrong with question sets, before anything is measured on them: labels that point nowhere, duplicate questions,
questions copied from their answer, leakage between sets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from corpus.naming import fold
from corpus.records import Severity
from corpus.taxonomy import Taxonomy
from index.evals.highlight import span_in
from index.evals.sets import Case
from index.language.stems import stems
from index.passages.passage import Passage

FEWEST_OF_A_KIND = 5
# From this similarity, in percent (rapidfuzz ratio), two questions count as the same.
_ALIKE = 92.0
# A run of words shared with the passage counts as a copy if it is this long and this share of the question.
_COPIED_WORDS = 4
_COPIED_SHARE = 0.6


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem in a set: an ERROR makes figures wrong, a WARNING makes them unreliable."""

    severity: Severity
    set: str
    case: str
    message: str

    def __str__(self) -> str:
        where = f"{self.set}, {self.case}" if self.case else self.set
        return f"{self.severity}: {where}: {self.message}"


def lint(sets: Mapping[str, Sequence[Case]], passages: Iterable[Passage], taxonomy: Taxonomy) -> tuple[Finding, ...]:
    """All findings in these sets, by their names: errors first, then by set and case."""
    texts = {p.id: p.text for p in passages}
    findings: list[Finding] = []
    for name, cases in sets.items():
        for case in cases:
            findings += _labels(name, case, texts)
            findings += _expectation(name, case, taxonomy)
            findings += _copies(name, case, texts)
        findings += _alike(name, cases)
        findings += _few(name, cases)
    for (first, cases), (second, others) in combinations(sets.items(), 2):
        findings += _leakage(first, cases, second, others)
    return tuple(sorted(findings))


def _labels(name: str, case: Case, texts: Mapping[str, str]) -> list[Finding]:
    found = [
        Finding(Severity.ERROR, name, case.id, f"the gold place {g.place} is not in the index")
        for g in case.gold
        if g.place not in texts
    ]
    held = [texts[g.place] for g in case.gold if g.grade > 0 and g.place in texts]
    if case.answer_span and held and not any(span_in(text, case.answer_span) for text in held):
        found.append(Finding(Severity.ERROR, name, case.id, "answer_span is not in the text of any gold place"))
    return found


def _expectation(name: str, case: Case, taxonomy: Taxonomy) -> list[Finding]:
    """Ids in an expected result that do not exist, so that no answer can match it."""
    expect = case.expect or {}
    known: tuple[tuple[str, Iterable[Any]], ...] = (
        ("country", taxonomy.countries),
        ("countries", taxonomy.countries),
        ("indicator", taxonomy.indicators),
        ("indicators", taxonomy.indicators),
        ("edition", taxonomy.editions),
    )
    found = []
    for key, names in known:
        values = expect.get(key)
        for value in values if isinstance(values, list) else [values]:
            if value is not None and value not in names:
                found.append(Finding(Severity.ERROR, name, case.id, f'the expected "{key}" {value!r} does not exist'))
    return found


def _copies(name: str, case: Case, texts: Mapping[str, str]) -> list[Finding]:
    asked = stems(case.question)
    for gold in case.gold:
        run = _longest_run(asked, stems(texts.get(gold.place, "")))
        if run >= _COPIED_WORDS and run >= _COPIED_SHARE * len(asked):
            said = f"{run} of its {len(asked)} words are in {gold.place} in the same order: a copy, not a paraphrase"
            return [Finding(Severity.WARNING, name, case.id, said)]
    return []


def _longest_run(words: Sequence[str], text: Sequence[str]) -> int:
    """The length of the longest run of words in both."""
    longest = 0
    before = [0] * (len(text) + 1)
    for word in words:
        here = [0] * (len(text) + 1)
        for at, other in enumerate(text, start=1):
            if word == other:
                here[at] = before[at - 1] + 1
        longest, before = max(longest, *here), here
    return longest


def _alike(name: str, cases: Sequence[Case]) -> list[Finding]:
    place = {case.id: at for at, case in enumerate(cases)}
    return [
        Finding(_degree(a, b), name, b.id, f"asks the same as {a.id}: {a.question!r}")
        for a, b in _pairs(cases, cases)
        if place[a.id] < place[b.id]
    ]


def _few(name: str, cases: Sequence[Case]) -> list[Finding]:
    counts = Counter(case.kind for case in cases)
    return [
        Finding(
            Severity.WARNING,
            name,
            "",
            f"only {n} of kind {kind!r}; with fewer than {FEWEST_OF_A_KIND}, figures by kind mean little",
        )
        for kind, n in sorted(counts.items())
        if n < FEWEST_OF_A_KIND
    ]


def _leakage(first: str, cases: Sequence[Case], second: str, others: Sequence[Case]) -> list[Finding]:
    found = [
        Finding(_degree(a, b), second, b.id, f"asks the same as {a.id} in {first}: {a.question!r}")
        for a, b in _pairs(cases, others)
    ]
    asked = {f.case for f in found}
    spans: dict[tuple[str, str], Case] = {}
    for case in cases:
        if case.answer_span:
            spans.update({(g.place, fold(case.answer_span)): case for g in case.gold})
    for case in others:
        same = next((c for g in case.gold if (c := spans.get((g.place, fold(case.answer_span))))), None)
        if case.answer_span and same is not None and case.id not in asked:
            said = f"has the same answer_span as {same.id} in {first}"
            found.append(Finding(Severity.WARNING, second, case.id, said))
    return found


def _pairs(cases: Sequence[Case], others: Sequence[Case]) -> list[tuple[Case, Case]]:
    """Pairs that ask the same: in the same words apart from stop words, or in nearly the same letters for the same places.

    Letters alone are not enough: questions about scores differ only by a country or a year.
    """
    by_words: dict[frozenset[str], list[Case]] = defaultdict(list)
    by_places: dict[frozenset[str], list[Case]] = defaultdict(list)
    for case in cases:
        by_words[frozenset(stems(case.question))].append(case)
        by_places[frozenset(g.place for g in case.gold)].append(case)
    pairs = {}
    for other in others:
        words, places = frozenset(stems(other.question)), frozenset(g.place for g in other.gold)
        alike = list(by_words[words]) if words else []
        if places:
            text = fold(other.question)
            alike += [c for c in by_places[places] if fuzz.ratio(fold(c.question), text) >= _ALIKE]
        pairs.update({(case.id, other.id): (case, other) for case in alike})
    return list(pairs.values())


def _degree(a: Case, b: Case) -> Severity:
    return Severity.ERROR if fold(a.question) == fold(b.question) else Severity.WARNING
