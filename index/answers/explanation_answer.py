"""The answer to "why": what a score is made of, how its parts lie or moved, and what the page says of them. Never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from corpus.taxonomy import WORLD
from index.answers.declined_answer import decline
from index.answers.found_passages import found_passage
from index.answers.notes import reading_notes, source_notes
from index.answers.overview_answer import (
    edition_spoken_notes,
    editions_spoken_of,
    facts_of,
    query_shown,
    standing_notes,
    topics_of,
)
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, FoundPassage, Understood
from index.contract.briefing_results import ExplanationResult
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, group_in_sentence, in_sentence, joined
from index.meaning.meaning import Direction, Meaning
from index.passages.passage import PassageKind
from index.passages.passage_file import section_indicators
from index.profiles.explaining import Explained, explain_change, explain_difference, explain_level
from index.profiles.profile import edition_before
from index.questions.question import Question
from index.retrieval.candidates import retrieve
from index.retrieval.evidence import evidence_of
from index.retrieval.highlight import highlighted_sentences
from index.retrieval.weights import weights
from index.scores.availability import refusal_of
from index.scores.query import Change, Level, Query
from index.scores.standings import Standings, standings_of
from index.stores.row_ranges import Runs

_MOST_PASSAGES = 5
_NOT_CAUSES = "These are the figures and what the page says; the Index's scores do not state causes."


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be explained: the indicator in an edition, and the edition before it from which a change is taken."""

    country: str
    indicator: str
    edition: int
    before: int | None
    text: int | None
    change: bool


def answer_explanation(snapshot: Snapshot, question: Question, meaning: Meaning, limit: int = _MOST_PASSAGES) -> Answer:
    """Why a country's score is high or low, why it moved, or why it differs from that of a second country.

    Without an indicator criminality is explained; without a group the reference is the region. Two editions, or UP or DOWN, ask
    for a change. `limit` is the most passages, never more than five. Declined where the scores are not loaded or not measured.
    """
    if not meaning.countries:
        why = "the question names no country whose score is to be explained"
        return decline(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why), notes=reading_notes(snapshot, question))
    indicators = topics_of(snapshot, question, meaning) or ("criminality",)
    asked = _asked(snapshot, meaning, indicators[0])
    if isinstance(asked, Refusal):
        return decline(snapshot, question, asked, editions=meaning.editions, notes=reading_notes(snapshot, question))
    taxonomy = snapshot.taxonomy
    group = next((g for any_of in meaning.groups for g in any_of), taxonomy.region(asked.country, asked.edition))
    standings = standings_of(snapshot, asked.country, asked.edition, asked.before, group, asked.edition)
    other = _other(snapshot, meaning, asked, group)
    if isinstance(other, Refusal):
        return decline(snapshot, question, other, editions=meaning.editions, notes=reading_notes(snapshot, question))
    also = [i for i in indicators[1:] if i in standings.scores]
    first, *rest = [_explained(standings, other, i, asked, meaning.order, snapshot) for i in (asked.indicator, *also)]
    shown = tuple(dict.fromkeys(p for e in (first, *rest) for p in e.shown))
    parts = tuple(dict.fromkeys(p for e in (first, *rest) for p in e.parts))
    facts = facts_of(standings, shown)
    if other is not None:
        facts += facts_of(other, [other.scores[p.indicator] for p in shown if p.indicator in other.scores])
    about = [p.indicator for p in parts] or [asked.indicator]
    passages, quote = _quoted(snapshot, question, asked, about, min(limit, _MOST_PASSAGES))
    sentences = [*first.sentences, *(e.sentences[0] for e in rest), quote]
    return Answer(
        question=question.text,
        understood=Understood(
            Kind.EXPLANATION,
            meaning.countries[:1] if other is None else meaning.countries[:2],
            tuple(g for any_of in meaning.groups for g in any_of),
            indicators,
            (asked.edition,) if not asked.change else (asked.before or asked.edition, asked.edition),
            _words(snapshot, asked, indicators, other.country if other is not None else WORLD if first.world else group),
        ),
        answered=True,
        confidence=weights().fixed.looked_up,
        answer=" ".join(s for s in sentences if s),
        result=ExplanationResult(
            asked.country,
            asked.indicator,
            asked.edition,
            parts,
            other.country if other is not None else WORLD if first.world else group,
            *((asked.before, asked.edition) if asked.change else (None, None)),
        ),
        facts=facts,
        passages=passages,
        notes=tuple(
            dict.fromkeys(
                [
                    *edition_notes(snapshot, asked, meaning),
                    _NOT_CAUSES,
                    *_text_notes(snapshot, asked, passages),
                    *_unused(snapshot, meaning, other),
                    *standing_notes(snapshot, standings, shown),
                    *reading_notes(snapshot, question),
                    *source_notes(passages),
                ]
            )
        ),
        generation=snapshot.manifest.name,
        query=query_shown(standings, snapshot),
    )


def edition_notes(snapshot: Snapshot, asked: _Asked, meaning: Meaning) -> list[str]:
    """Which editions were taken where the question does not name them."""
    if asked.change and len(meaning.editions) < 2:
        return [f"The change explained is the one from {asked.before} to {asked.edition}."]
    return [] if meaning.editions else edition_spoken_notes(snapshot, asked.country, asked.edition)


def _asked(snapshot: Snapshot, meaning: Meaning, indicator: str) -> _Asked | Refusal:
    country, named = meaning.countries[0], tuple(sorted(set(meaning.editions)))
    change = len(named) > 1 or meaning.order in (Direction.UP, Direction.DOWN)
    having = snapshot.loaded.editions(indicator, (country,))
    # The first edition has none before it: "up since 2021" is about what came after.
    since_first = change and len(named) == 1 and bool(having) and named[0] == having[0] and len(having) > 1
    spoken = editions_spoken_of(snapshot, country, (indicator,), () if since_first else named)
    if isinstance(spoken, Refusal):
        return spoken
    before = named[0] if len(named) > 1 or since_first else edition_before(spoken.edition, having)
    if change:
        start = spoken.edition if before is None else before
        query = Query(Kind.CHANGE, (Change(indicator, start, spoken.edition),), spoken.edition, countries=(country,))
        refusal = refusal_of(query, snapshot.taxonomy, snapshot.loaded)
        if refusal is not None:
            return refusal
    return _Asked(country, indicator, spoken.edition, before, spoken.text, change)


def _other(snapshot: Snapshot, meaning: Meaning, asked: _Asked, group: str) -> Standings | Refusal | None:
    """The scores of a second country; None where there is none, or where a change is to be explained."""
    if len(meaning.countries) < 2 or asked.change:
        return None
    country = meaning.countries[1]
    query = Query(Kind.VALUE, (Level(asked.indicator, asked.edition),), asked.edition, countries=(country,))
    refusal = refusal_of(query, snapshot.taxonomy, snapshot.loaded)
    return refusal or standings_of(snapshot, country, asked.edition, asked.before, group, asked.edition)


def _explained(
    standings: Standings, other: Standings | None, indicator: str, asked: _Asked, order: Direction | None, snapshot: Snapshot
) -> Explained:
    if asked.change and standings.scores[indicator].change is not None:
        up = None if order in (None, Direction.HIGH, Direction.LOW) else order is Direction.UP
        return explain_change(standings, indicator, up, snapshot.taxonomy)
    high = None if order in (None, Direction.UP, Direction.DOWN) else order is Direction.HIGH
    if other is not None and indicator in other.scores:
        return explain_difference(standings, other, indicator, high, snapshot.taxonomy)
    named = standings.group != snapshot.taxonomy.region(asked.country, asked.edition)
    return explain_level(standings, indicator, high, snapshot.taxonomy, named=named)


def _quoted(
    snapshot: Snapshot, question: Question, asked: _Asked, about: Sequence[str], limit: int
) -> tuple[tuple[FoundPassage, ...], str]:
    """The paragraphs of the sections of these indicators, the best for the question first, and a quotation if it answers."""
    if asked.text is None:
        return (), ""
    rows = [
        row
        for place in snapshot.places
        if (place.kind, place.country, place.edition) == (PassageKind.PARAGRAPH, asked.country, asked.text)
        for row in range(place.start, place.end)
        if set(about) & set(section_indicators(snapshot.passages[row], snapshot.taxonomy))
    ]
    narrowed = replace(question, countries=(asked.country,), indicators=tuple(about), editions=(asked.text,))
    retrieved = retrieve(snapshot, narrowed, Runs.of((row, row + 1) for row in rows), limit)
    if not retrieved.hits:
        return (), ""
    model = weights().confidence
    answers = model.answerable.chance(asdict(evidence_of(retrieved, narrowed, snapshot))) >= model.declined_below
    spans = [highlighted_sentences(h.passage, h.match, narrowed) if answers else () for h in retrieved.hits]
    found = tuple(found_passage(h.passage, h.relevance, s) for h, s in zip(retrieved.hits, spans, strict=True))
    if not answers:
        return found, ""
    best = found[0]
    said = best.text[best.highlight[0][0] : best.highlight[-1][1]] if best.highlight else best.text
    return found, f"The {best.edition} page says under {best.section}: “{said}”"


def _text_notes(snapshot: Snapshot, asked: _Asked, passages: Sequence[FoundPassage]) -> list[str]:
    name = snapshot.taxonomy.countries[asked.country].name
    if asked.text is None:
        return [f"No page of {name} is loaded, so there is arithmetic alone and nothing to quote."]
    if not passages:
        return [f"The {asked.text} page of {name} has no text under the sections of these parts."]
    if asked.text != asked.edition:
        return [f"The passages are from the {asked.text} edition; no page of {name} from {asked.edition} is loaded."]
    return []


def _unused(snapshot: Snapshot, meaning: Meaning, other: Standings | None) -> list[str]:
    names = [snapshot.taxonomy.countries[c].name for c in meaning.countries[1 if other is None else 2 :]]
    return [f"Only the first of the countries is explained; not used: {joined(names)}."] if names else []


def _words(snapshot: Snapshot, asked: _Asked, indicators: Sequence[str], against: str) -> str:
    taxonomy = snapshot.taxonomy
    names = joined([in_sentence(taxonomy.indicators[i]) for i in indicators])
    name = taxonomy.countries[asked.country].name
    reference = taxonomy.countries[against].name if against in taxonomy.countries else group_in_sentence(against, taxonomy)
    if asked.change:
        return f"what lies behind the change in {names} in {name} from {asked.before} to {asked.edition}"
    return f"what lies behind {names} in {name}, {edition_list([asked.edition])} edition, against {reference}"
