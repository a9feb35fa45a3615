"""The answer to a question about a fact on the head of a country's page, such as its capital: the value as printed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.answers.declined_answer import decline
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Understood
from index.contract.briefing_results import PageFactResult
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, joined
from index.meaning.meaning import Meaning
from index.passages.coverage import LoadedProfile
from index.profiles.page_field import PageField, page_fields, printed_value, says_nothing
from index.questions.question import Question
from index.retrieval.weights import weights


@dataclass(frozen=True, slots=True)
class _Printed:
    profile: LoadedProfile
    value: str


def answer_page_fact(snapshot: Snapshot, question: Question, meaning: Meaning) -> Answer:
    """What the latest loaded page that prints it (or the page of the edition asked for) gives for a field of its head.

    Declined where no such page is loaded or the page does not print the field. With several countries the result is the first
    that has an answer, and the sentence states all.
    """
    field = page_fields().get(meaning.field or "")
    if field is None or not meaning.countries:
        missing = "none of the facts that pages print" if field is None else "no country"
        known = joined([f.name for f in page_fields().values()])
        why = f"the question names {missing}; the head of a page may give {known}"
        return decline(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why))
    found: list[_Printed] = []
    refusals: list[Refusal] = []
    notes: list[str] = []
    for country in meaning.countries:
        pages = _pages(snapshot, country, meaning.editions)
        printed = _printed(pages, field)
        if printed is None:
            refusals.append(_not_printed(snapshot, country, pages, meaning.editions, field))
            notes += _elsewhere(snapshot, country, meaning.editions, field)
        else:
            found.append(printed)
            notes += _notes(snapshot, printed, pages, meaning.editions, field)
    words = _words(snapshot, meaning, field, [p.profile.edition for p in found])
    understood = Understood(
        Kind.PAGE_FACT, meaning.countries, (), (), tuple(dict.fromkeys(p.profile.edition for p in found)), words
    )
    if not found:
        silent = Refusal(refusals[0].reason, "; ".join(dict.fromkeys(r.why for r in refusals)))
        answer = decline(snapshot, question, silent, editions=meaning.editions, notes=tuple(dict.fromkeys(notes)))
        return replace(answer, understood=replace(understood, kind="unavailable", editions=meaning.editions))
    first = found[0]
    return Answer(
        question=question.text,
        understood=understood,
        answered=True,
        confidence=weights().fixed.looked_up,
        answer=" ".join(_sentence(snapshot, p, field) for p in found),
        result=PageFactResult(first.profile.country, first.profile.edition, field.id, first.value),
        facts=(),
        passages=(),
        notes=tuple(dict.fromkeys([*notes, *(r.sentence for r in refusals)])),
        generation=snapshot.manifest.name,
    )


def _pages(snapshot: Snapshot, country: str, editions: Sequence[int]) -> list[LoadedProfile]:
    """The loaded pages of a country in the editions asked for, in all if none was, the latest first."""
    pages = [p for p in snapshot.coverage if p.country == country and (not editions or p.edition in editions)]
    return sorted(pages, key=lambda p: -p.edition)


def _printed(pages: Sequence[LoadedProfile], field: PageField) -> _Printed | None:
    """The latest value that says something, or else the latest printed; None where no page prints the field."""
    printed = [_Printed(p, value) for p in pages if (value := printed_value(p, field)) is not None]
    return next((p for p in printed if not says_nothing(p.value)), printed[0] if printed else None)


def _not_printed(
    snapshot: Snapshot, country: str, pages: Sequence[LoadedProfile], editions: Sequence[int], field: PageField
) -> Refusal:
    name = snapshot.taxonomy.countries[country].name
    if pages:
        which = f"{edition_list([p.edition for p in pages])} page{'s' if len(pages) > 1 else ''} of {name}"
        verb = "do" if len(pages) > 1 else "does"
        return Refusal(RefusalReason.PAGE_SILENT, f"the {which} {verb} not print its {field.name}")
    loaded = [p.edition for p in snapshot.coverage if p.country == country]
    if loaded:
        why = f"no {edition_list(editions)} page of {name} is loaded (loaded: {edition_list(loaded)})"
        return Refusal(RefusalReason.EDITION_NOT_LOADED, why)
    why = f"no page of {name} is loaded, and its {field.name} is printed only there"
    return Refusal(RefusalReason.COUNTRY_NOT_LOADED, why)


def _elsewhere(snapshot: Snapshot, country: str, editions: Sequence[int], field: PageField) -> list[str]:
    """What pages of editions that were not asked for print."""
    others = [p for p in _pages(snapshot, country, ()) if editions and p.edition not in editions]
    printed = [(p.edition, value) for p in others if (value := printed_value(p, field)) is not None]
    name = snapshot.taxonomy.countries[country].name
    return [f"The {edition} page of {name} gives its {field.name} as {value}." for edition, value in printed]


def _notes(
    snapshot: Snapshot, printed: _Printed, pages: Sequence[LoadedProfile], editions: Sequence[int], field: PageField
) -> list[str]:
    """Which edition the value is from, what its newer pages say instead, and the address."""
    profile = printed.profile
    name = snapshot.taxonomy.countries[profile.country].name
    notes = []
    if not editions:
        newest = profile is pages[0]
        what = "page loaded" if newest else f"page loaded that gives its {field.name}"
        notes.append(f"The question names no edition; {profile.edition} is the latest {what} for {name}.")
    for newer in (p for p in pages if p.edition > profile.edition):
        value = printed_value(newer, field)
        says = f"does not print its {field.name}" if value is None else f"prints {value!r} as its {field.name}"
        notes.append(f"The {newer.edition} page of {name} {says}.")
    return [*notes, f"Source: {profile.url}, head of the page."]


def _sentence(snapshot: Snapshot, printed: _Printed, field: PageField) -> str:
    page = f"The {printed.profile.edition} page of {snapshot.taxonomy.countries[printed.profile.country].name}"
    if says_nothing(printed.value):
        return f"{page} gives no figure: for its {field.name} it prints {printed.value or 'nothing'!r}."
    return f"{page} gives its {field.name} as {printed.value}."


def _words(snapshot: Snapshot, meaning: Meaning, field: PageField, editions: Sequence[int]) -> str:
    names = joined([snapshot.taxonomy.countries[c].name for c in meaning.countries])
    shown = sorted(set(editions or meaning.editions))
    parts = [names, f"{field.name} as printed on the head of the page"]
    if shown:
        latest = "" if meaning.editions else " (the latest loaded that gives it)"
        parts.append(f"{edition_list(shown)} edition{'s' if len(shown) > 1 else ''}{latest}")
    return " · ".join(parts)
