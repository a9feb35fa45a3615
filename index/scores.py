"""Questions about scores: which figures answer them, in which edition, and why there is none.

Numbers come from the fact store and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.taxonomy import WORLD, Indicator
from index.contract import DefinitionResult, Fact, Rank, Result, Unavailable, Value
from index.kinds import Kind
from index.question import Question
from index.snapshot import Snapshot
from index.wording import edition_list, in_sentence, joined, place, rank_sentence, value_sentence


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """A typed result, the sentence that states it, the facts behind it and what the reader must know."""

    result: Result
    text: str
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()


def answer_scores(snapshot: Snapshot, question: Question) -> ScoreAnswer:
    """The answer to a question of any kind but passages. Never raises for a hard question: it says why it cannot."""
    if question.kind is Kind.DEFINITION:
        return _definition(snapshot, question)
    if question.kind not in (Kind.VALUE, Kind.RANK):
        return _refuse(
            f"questions that ask for a {question.kind.replace('_', ' ')} of scores are not answered yet; ask for the score or "
            "the rank of one country",
            lookup_facts(snapshot, question.countries, question.indicators, question.editions),
        )
    if question.unread_years:
        years = joined([str(y) for y in question.unread_years])
        return _refuse(
            f"{years} is no edition of the Index; its editions are {edition_list(snapshot.taxonomy.editions)}",
            lookup_facts(snapshot, question.countries, asked_indicators(snapshot, question), question.editions),
        )
    return _cells(snapshot, question)


def lookup_facts(
    snapshot: Snapshot, countries: Sequence[str], indicators: Sequence[str], editions: Sequence[int]
) -> tuple[Fact, ...]:
    """The scores that exist for these; without editions, each from the latest edition that has it."""
    facts = []
    for country in countries:
        for indicator in indicators:
            for edition in editions or snapshot.facts.editions(country, indicator)[:1]:
                score = snapshot.facts.score(country, indicator, edition)
                if score is not None:
                    facts.append(Fact(country, indicator, edition, score.value, score.source))
    return tuple(facts)


def asked_indicators(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """The indicators named, or those of the sections named."""
    if question.indicators:
        return question.indicators
    return tuple(i for s in snapshot.taxonomy.sections if s.id in question.sections for i in s.indicators)


def _refuse(why: str, facts: Sequence[Fact] = (), editions: Sequence[int] = ()) -> ScoreAnswer:
    return ScoreAnswer(Unavailable(why), f"{why[0].upper()}{why[1:]}.", tuple(facts), (), tuple(editions))


def _cells(snapshot: Snapshot, question: Question) -> ScoreAnswer:
    """One value or rank for every country, indicator and edition that the question names."""
    notes: list[str] = []
    indicators = asked_indicators(snapshot, question)
    if not indicators:
        indicators = ("criminality", "resilience")
        notes.append("The question names no indicator; it was read as asking for the two overall scores.")
    single = _single if question.kind is Kind.VALUE else _ranked
    answers = [
        single(snapshot, country, snapshot.taxonomy.indicators[indicator], edition, within)
        for country in question.countries
        for indicator in indicators
        for edition in question.editions or (None,)
        for within in (question.groups or (WORLD,) if question.kind is Kind.RANK else (WORLD,))
    ]
    good = [a for a in answers if not isinstance(a.result, Unavailable)]
    first = (good or answers)[0]
    if len(good) > 1:
        notes.append(f"The question asks for {len(answers)} figures; the typed result is the first, all are among the facts.")
    return ScoreAnswer(
        first.result,
        " ".join(dict.fromkeys(a.text for a in answers)),
        tuple(dict.fromkeys(f for a in answers for f in a.facts)),
        tuple(dict.fromkeys((*notes, *(n for a in answers for n in a.notes)))),
        tuple(dict.fromkeys(e for a in (good or answers) for e in a.editions)),
    )


def _edition(snapshot: Snapshot, country: str, indicator: Indicator, edition: int | None) -> int | ScoreAnswer:
    """The edition to look in, or the refusal that says why there is none."""
    name = snapshot.taxonomy.countries[country].name
    loaded = snapshot.facts.editions(country, indicator.id)
    if edition is not None and edition < indicator.since:
        return _refuse(
            f"{in_sentence(indicator)} first appears in the {indicator.since} edition, so the {edition} edition has no score "
            f"for {name}",
            lookup_facts(snapshot, (country,), (indicator.id,), ()),
            (edition,),
        )
    if not loaded:
        known = snapshot.facts.countries()
        if country in known:
            return _refuse(f"no score of {name} for {in_sentence(indicator)} is loaded", (), (edition,) if edition else ())
        some = [snapshot.taxonomy.countries[c].name for c in known]
        listed = joined(some) if len(some) <= 12 else f"{len(some)} countries, {name} not among them"
        return _refuse(f"no scores of {name} are loaded (loaded: {listed or 'none'})")
    if edition is not None and edition not in loaded:
        return _refuse(
            f"no {edition} score of {name} for {in_sentence(indicator)} is loaded; loaded editions: {edition_list(loaded)}",
            lookup_facts(snapshot, (country,), (indicator.id,), ()),
            (edition,),
        )
    return edition or loaded[0]


def _single(snapshot: Snapshot, country: str, indicator: Indicator, named: int | None, within: str) -> ScoreAnswer:
    edition = _edition(snapshot, country, indicator, named)
    if isinstance(edition, ScoreAnswer):
        return edition
    (fact,) = lookup_facts(snapshot, (country,), (indicator.id,), (edition,))
    return ScoreAnswer(
        Value(country, indicator.id, edition, fact.value),
        value_sentence(snapshot.taxonomy.countries[country].name, indicator, edition, fact.value),
        (fact,),
        _latest_note(snapshot, country, named, edition),
        (edition,),
    )


def _ranked(snapshot: Snapshot, country: str, indicator: Indicator, named: int | None, within: str) -> ScoreAnswer:
    edition = _edition(snapshot, country, indicator, named)
    if isinstance(edition, ScoreAnswer):
        return edition
    name = snapshot.taxonomy.countries[country].name
    members = snapshot.taxonomy.members(within, edition)
    where = "" if within == WORLD else place(within, snapshot.taxonomy)
    if country not in members:
        return _refuse(
            f"{name} is not among the countries of {where}",
            lookup_facts(snapshot, (country,), (indicator.id,), (edition,)),
        )
    ranking = snapshot.facts.ranking(indicator.id, edition, within)
    row = next(r for r in ranking if r.country == country)
    (fact,) = lookup_facts(snapshot, (country,), (indicator.id,), (edition,))
    notes = list(_latest_note(snapshot, country, named, edition))
    if row.of < len(members):
        notes.append(
            f"Only {row.of} of the {len(members)} countries of {where or 'the world'} are loaded; "
            f"the rank is among those {row.of}."
        )
    printed = snapshot.facts.printed_rank(country, indicator.id, edition, within)
    if printed is not None and (printed.rank, printed.of) != (row.rank, row.of):
        notes.append(f"The profile page of the {edition} edition prints rank {printed.rank} of {printed.of}.")
    return ScoreAnswer(
        Rank(country, indicator.id, edition, row.value, row.rank, row.of, within),
        rank_sentence(name, indicator, edition, row.value, row.rank, row.of, where, row.sharing),
        (Fact(country, indicator.id, edition, row.value, fact.source, row.rank, row.of, within),),
        tuple(notes),
        (edition,),
    )


def _latest_note(snapshot: Snapshot, country: str, named: int | None, edition: int) -> tuple[str, ...]:
    if named is not None:
        return ()
    name = snapshot.taxonomy.countries[country].name
    return (f"The question names no edition; {edition} is the latest loaded that has this score for {name}.",)


def _definition(snapshot: Snapshot, question: Question) -> ScoreAnswer:
    first = question.indicators[0]
    texts = [(i, snapshot.passages[snapshot.definition_rows[i]].text) for i in question.indicators]
    indicator = snapshot.taxonomy.indicators[first]
    notes = [
        f"{snapshot.taxonomy.indicators[i].name}: scale 1 to 10, {snapshot.taxonomy.indicators[i].pillar.direction}."
        for i, _ in texts
    ]
    if indicator.since > snapshot.taxonomy.editions[0]:
        notes.append(f"{indicator.name} is measured since the {indicator.since} edition.")
    return ScoreAnswer(
        DefinitionResult(first, texts[0][1]),
        " ".join(f"{snapshot.taxonomy.indicators[i].name}: {text}" for i, text in texts),
        (),
        tuple(notes),
    )
