"""The answer to "tell me about …": a country, a country and a topic, or a group, as a briefing would open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.taxonomy import WORLD, SectionKind
from index.answers.declined_answer import decline
from index.answers.found_passages import found_passage
from index.answers.group_overview_answer import answer_group_overview
from index.answers.notes import reading_notes, safety_notes, source_notes
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Fact, FoundPassage, QueryShown, Understood
from index.contract.briefing_results import OverviewResult
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, first_rank_words, in_sentence, joined
from index.meaning.meaning import Meaning
from index.profiles.briefing import (
    OVERALL,
    Briefing,
    brief_scores,
    briefing_of,
    change_sentence,
    overall_sentence,
    picked_sentence,
)
from index.profiles.profile import edition_before
from index.profiles.topic_briefing import topic_picks, topic_sentences
from index.questions.question import Question
from index.retrieval.telling import Telling, telling_sentences
from index.retrieval.weights import weights
from index.scores.availability import refusal_of
from index.scores.like_for_like import added_parts
from index.scores.query import Change, Level, Query
from index.scores.result_sentences import added_words
from index.scores.standings import Placed, Standings, standings_of

_NO_PAGE = "No page of {} is loaded, so this overview is made of scores alone."


@dataclass(frozen=True, slots=True)
class Spoken:
    """Which editions an answer is from: the scores, the earlier ones they are compared with, and the text; None without."""

    edition: int
    before: int | None
    text: int | None


def answer_overview(snapshot: Snapshot, question: Question, meaning: Meaning, limit: int) -> Answer:
    """An overview of the first country named, or of a group; the other countries are offered. `limit` is the most passages.

    Declined where nothing is named, where no scores are loaded, or where the edition asked for does not have the topic.
    """
    if not meaning.countries:
        return answer_group_overview(snapshot, question, meaning)
    country = meaning.countries[0]
    topics = topics_of(snapshot, question, meaning)
    spoken = editions_spoken_of(snapshot, country, topics or OVERALL, meaning.editions)
    if isinstance(spoken, Refusal):
        return decline(snapshot, question, spoken, editions=meaning.editions, notes=reading_notes(snapshot, question))
    taxonomy = snapshot.taxonomy
    region = taxonomy.region(country, spoken.edition)
    standings = standings_of(snapshot, country, spoken.edition, spoken.before, region, spoken.edition)
    if topics:
        shown, sentences = topic_picks(standings, topics, taxonomy), topic_sentences(standings, topics, taxonomy)
        about = _told(snapshot, topics, shown)
        told = () if spoken.text is None else telling_sentences(snapshot, country, spoken.text, about)
    else:
        about = []
        briefing = briefing_of(standings, taxonomy)
        shown, sentences = briefing.shown, _whole(standings, briefing, snapshot)
        told = () if spoken.text is None else _best_first(_of_every_section(snapshot, standings, spoken.text), briefing, snapshot)
    passages = found_passages(told[:limit])
    offers = [f"Tell me about {taxonomy.countries[c].name}" for c in meaning.countries[1:]]
    return Answer(
        question=question.text,
        understood=Understood(
            Kind.OVERVIEW, (country,), (), topics, (spoken.edition,), _words(snapshot, country, topics, spoken, meaning)
        ),
        answered=True,
        confidence=weights().fixed.looked_up,
        answer=" ".join(s for s in sentences if s),
        result=OverviewResult(
            country,
            spoken.edition,
            topics[0] if topics else None,
            brief_scores(shown, standings, taxonomy),
            _sections_with_text(snapshot, country, spoken.text, about),
        ),
        facts=facts_of(standings, shown),
        passages=passages,
        notes=tuple(
            dict.fromkeys(
                [
                    *(() if meaning.editions else edition_spoken_notes(snapshot, country, spoken.edition)),
                    *_missing_notes(snapshot, standings, topics),
                    *_text_notes(snapshot, country, spoken, passages, topics),
                    *standing_notes(snapshot, standings, shown),
                    *reading_notes(snapshot, question),
                    *safety_notes(question),
                    *source_notes(passages),
                ]
            )
        ),
        generation=snapshot.manifest.name,
        query=query_shown(standings, snapshot),
        alternatives=tuple(offers),
    )


def topics_of(snapshot: Snapshot, question: Question, meaning: Meaning) -> tuple[str, ...]:
    """The indicators asked about: those of the meaning, or else of the sections that the question names."""
    if meaning.indicators:
        return meaning.indicators
    return tuple(i for s in snapshot.taxonomy.sections if s.id in question.sections for i in s.indicators)


def editions_spoken_of(snapshot: Snapshot, country: str, indicators: Sequence[str], editions: Sequence[int]) -> Spoken | Refusal:
    """The latest edition asked for, or else the latest loaded one that has the indicators, and what goes with it.

    With two or more editions asked for, the earliest is what is compared with. The text is of the same edition if that page is
    loaded, or else of the latest page of the country. A refusal says why there are no such scores.
    """
    having = [e for e in snapshot.loaded.all_editions if any(country in snapshot.loaded.having(i, e) for i in indicators)]
    scored = [e for e in snapshot.loaded.all_editions if any(country in snapshot.loaded.having(i, e) for i in OVERALL)]
    edition = max(editions) if editions else max(having or scored, default=None)
    if edition is None:
        name = snapshot.taxonomy.countries[country].name
        return Refusal(RefusalReason.COUNTRY_NOT_LOADED, f"no scores for {name} are loaded")
    if edition not in having:
        query = Query(Kind.VALUE, (Level(indicators[0], edition),), edition, countries=(country,))
        refusal = refusal_of(query, snapshot.taxonomy, snapshot.loaded)
        assert refusal is not None
        return refusal
    before = min(editions) if len(set(editions)) > 1 else edition_before(edition, having)
    texts = snapshot.text_editions.get(country, ())
    return Spoken(edition, before, edition if edition in texts else texts[0] if texts else None)


def facts_of(standings: Standings, shown: Sequence[Placed]) -> tuple[Fact, ...]:
    """The scores shown, with their rank in the world, and those of the earlier edition that their changes are taken from."""
    facts = []
    for placed in shown:
        rank, country = placed.world.rank, standings.country
        ranked = {} if rank is None else {"rank": rank.rank, "of": rank.of, "sharing": rank.sharing}
        facts.append(
            Fact(country, placed.indicator, standings.edition, float(placed.value), placed.source, **ranked, within=WORLD)
        )
        if placed.earlier is not None and standings.before is not None:
            facts.append(Fact(country, placed.indicator, standings.before, float(placed.earlier), placed.earlier_source))
    return tuple(facts)


def query_shown(standings: Standings, snapshot: Snapshot) -> QueryShown:
    """The statement that gave the scores, and what it does in words."""
    values = tuple(v if isinstance(v, (str, int)) else float(str(v)) for v in standings.statement.values)
    name = snapshot.taxonomy.countries[standings.country].name
    since = f", beside those of {standings.before}" if standings.before is not None else ""
    words = f"every score of {name} in {standings.edition} with its rank and mean in the world and {standings.group}{since}"
    return QueryShown(words, standings.statement.sql, values)


def found_passages(told: Sequence[Telling]) -> tuple[FoundPassage, ...]:
    """The passages of telling sentences, each with its sentence highlighted."""
    return tuple(found_passage(t.passage, t.score, (t.sentence,)) for t in told)


def edition_spoken_notes(snapshot: Snapshot, country: str, edition: int) -> list[str]:
    """Which edition was taken, where none was named."""
    name = snapshot.taxonomy.countries[country].name
    return [f"The question names no edition; {edition} is the latest with loaded scores of {name}."]


def standing_notes(snapshot: Snapshot, standings: Standings, shown: Sequence[Placed]) -> list[str]:
    """How ranks count, over how much of the world, and what came into an average in between."""
    taxonomy = snapshot.taxonomy
    pillars = dict.fromkeys(taxonomy.indicators[p.indicator].pillar for p in shown)
    notes = [f"Ranks on {pillar.value}: {first_rank_words(pillar)}." for pillar in pillars]
    of = {p.world.rank.of for p in shown if p.world.rank is not None}
    if of and min(of) < len(taxonomy.countries):
        total = len(taxonomy.countries)
        notes.append(f"These scores are loaded for only {min(of)} of the {total} countries; ranks and means are theirs.")
    if standings.before is not None:
        for placed in shown:
            added = added_parts(Change(placed.indicator, standings.before, standings.edition), taxonomy)
            if added and placed.earlier is not None:
                notes.append(added_words(added, standings.edition, taxonomy))
    return list(dict.fromkeys(notes))


def _whole(standings: Standings, briefing: Briefing, snapshot: Snapshot) -> list[str]:
    taxonomy = snapshot.taxonomy
    return [
        overall_sentence(standings, briefing, taxonomy),
        picked_sentence(briefing, taxonomy),
        change_sentence(standings, briefing, taxonomy),
    ]


def _told(snapshot: Snapshot, topics: Sequence[str], shown: Sequence[Placed]) -> list[str]:
    """The indicators whose sections are quoted: the topics, or for an average the parts that were named."""
    covered = {i for s in snapshot.taxonomy.sections for i in s.indicators}
    return [i for i in topics if i in covered] or [p.indicator for p in shown if p.indicator in covered]


def _of_every_section(snapshot: Snapshot, standings: Standings, edition: int) -> tuple[Telling, ...]:
    """Each section by what stands out in it: its highest market or actor type, or all it covers of resilience."""
    about: list[str] = []
    for section in snapshot.taxonomy.sections:
        scored = standings.highest([i for i in section.indicators if not snapshot.taxonomy.parts(i, standings.edition)])
        high = [p.indicator for p in scored if p.value == scored[0].value] if _is_criminality(snapshot, section) else []
        about += high or section.indicators
    return telling_sentences(snapshot, standings.country, edition, about)


def _is_criminality(snapshot: Snapshot, section: SectionKind) -> bool:
    return snapshot.taxonomy.indicators[section.indicators[0]].pillar == OVERALL[0]


def _best_first(told: Sequence[Telling], briefing: Briefing, snapshot: Snapshot) -> tuple[Telling, ...]:
    """The sections of what the sentence names first, then the others, each in the order of the Index."""
    named = {p.indicator for part in (briefing.markets, briefing.actors, briefing.weakest) for p in part.shown}
    first = {s.id for s in snapshot.taxonomy.sections if named & set(s.indicators)}
    return tuple(sorted(told, key=lambda t: t.passage.section_id not in first))


def _sections_with_text(snapshot: Snapshot, country: str, edition: int | None, topics: Sequence[str]) -> tuple[str, ...]:
    """The page's own headings of the sections that have text; with topics, of those that cover one."""
    if edition is None:
        return ()
    headings = {p.section_id: p.section for p in snapshot.passages if (p.country, p.edition) == (country, edition)}
    return tuple(
        headings[s.id] or s.name
        for s in snapshot.taxonomy.sections
        if s.id in headings and (not topics or set(topics) & set(s.indicators))
    )


def _text_notes(
    snapshot: Snapshot, country: str, spoken: Spoken, passages: Sequence[FoundPassage], topics: Sequence[str]
) -> list[str]:
    """That there is no text, or that it is of another edition."""
    name = snapshot.taxonomy.countries[country].name
    if spoken.text is None:
        return [_NO_PAGE.format(name)]
    if not passages:
        what = joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in topics[:3]]) if topics else "what it is scored for"
        return [f"The {spoken.text} page of {name} has no section with text on {what}."]
    if spoken.text != spoken.edition:
        return [f"The passages are from the {spoken.text} edition; no page of {name} from {spoken.edition} is loaded."]
    return []


def _missing_notes(snapshot: Snapshot, standings: Standings, topics: Sequence[str]) -> list[str]:
    """Which of the topics have no score in the edition."""
    missing = [in_sentence(snapshot.taxonomy.indicators[i]) for i in topics if i not in standings.scores]
    name = snapshot.taxonomy.countries[standings.country].name
    return [f"The {standings.edition} edition has no loaded score of {name} for {joined(missing)}."] if missing else []


def _words(snapshot: Snapshot, country: str, topics: Sequence[str], spoken: Spoken, meaning: Meaning) -> str:
    taxonomy = snapshot.taxonomy
    parts = [f"overview of {taxonomy.countries[country].name}"]
    parts += [in_sentence(taxonomy.indicators[i]) for i in topics]
    latest = "" if meaning.editions else " (the latest loaded)"
    parts.append(f"{edition_list([spoken.edition])} edition{latest}")
    return " · ".join(parts)
