"""The requests that are answered with text: `ask`, `country_overview` and `search_passages`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from app.programs.asked import Arguments
from app.programs.names import country_code, indicator_id, known_edition
from app.programs.rows import Json, page_of
from corpus.errors import QuestionError
from corpus.naming import fold
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.answers.declined_answer import refused
from index.answers.found_passages import found_passage
from index.answers.overview_answer import answer_overview
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, joined
from index.meaning.meaning import Meaning
from index.meaning.offers import question_of
from index.questions.question import understand
from index.retrieval.candidates import allowed_passages, retrieve
from index.stores.row_ranges import Runs

# What an answer object says of how it came about, which a program that reads answers rarely needs.
_NONE_INSIDE = "No loaded passage lies within these places, editions and sections."
_BEHIND_THE_SCENES = frozenset({"why"})


def ask_question(snapshot: Snapshot, arguments: Arguments) -> Json:
    """The whole answer object; one that says what is wrong where the text is not a question, as in a batch."""
    text, id = arguments["question"], arguments.get("id")
    try:
        answer = ask(snapshot, text, id=id, limit=arguments["passages"]).to_dict()
    except QuestionError as error:
        answer = refused(snapshot, text, error, id=id).to_dict()
    wanted = arguments.get("fields")
    return answer if not wanted else {name: answer[name] for name in answer if name in wanted}


def country_overview(snapshot: Snapshot, arguments: Arguments) -> Json:
    """The answer object to "tell me about" a country, or a country and a topic."""
    told = overview_of(snapshot, arguments).to_dict()
    return told | {"passages": [_without(p) for p in told["passages"]]}


def overview_of(snapshot: Snapshot, arguments: Arguments) -> Answer:
    """The answer to "tell me about" a country, or a country and a topic. Raises QuestionError for a name that is not known."""
    taxonomy = snapshot.taxonomy
    meaning = Meaning(
        Kind.OVERVIEW,
        countries=(country_code(arguments["country"], taxonomy),),
        indicators=(indicator_id(arguments["topic"], taxonomy),) if arguments.get("topic") else (),
        editions=(known_edition(arguments["edition"], taxonomy),) if arguments.get("edition") else (),
    )
    text = question_of(meaning, taxonomy)
    assert text is not None
    question = understand(text, snapshot.gazetteer, taxonomy.editions)
    answer = answer_overview(snapshot, question, meaning, arguments["passages"])
    # What was meant was sent, not read from words.
    return replace(answer, understood=replace(answer.understood, confidence=1.0))


def search_passages(snapshot: Snapshot, arguments: Arguments) -> Json:
    """The passages nearest to a query, best first, among the places, editions and sections named; no answer is claimed."""
    taxonomy = snapshot.taxonomy
    countries = [country_code(c, taxonomy) for c in arguments.get("countries", ())] or None
    editions = [known_edition(e, taxonomy) for e in arguments.get("editions", ())] or None
    sections = [_section(s, taxonomy) for s in arguments.get("sections", ())]
    question = understand(arguments["query"], snapshot.gazetteer, taxonomy.editions)
    open_to_all = not (countries or editions or sections)
    allowed = allowed_passages(snapshot, countries, editions, definitions=open_to_all)
    if sections:
        inside = [r for r in allowed.rows().tolist() if snapshot.passages[r].section_id in sections]
        allowed = Runs.of((r, r + 1) for r in inside)
    found = retrieve(snapshot, question, allowed, arguments["offset"] + arguments["limit"] + 1)
    passages = [asdict(found_passage(hit.passage, hit.relevance, ())) for hit in found.hits]
    rows = [_without(p) | {"highlight": []} for p in passages]
    notes = _not_loaded(snapshot, countries or ())
    page = page_of(rows, arguments["limit"], arguments["offset"])
    return {
        "answered": bool(page["rows"]),
        "answer": f"The nearest passage is {page['rows'][0]['id']}." if page["rows"] else _NONE_INSIDE,
        "reason": None if page["rows"] else "country not loaded" if notes else "the page says nothing on this",
        **page,
        # How many passages may be searched: every one of them is near to some degree.
        "total": len(allowed),
        "notes": notes,
        "generation": snapshot.manifest.name,
    }


def _without(passage: Json) -> Json:
    return {name: value for name, value in passage.items() if name not in _BEHIND_THE_SCENES}


def _section(name: str, taxonomy: Taxonomy) -> str:
    for section in taxonomy.sections:
        if fold(name) in (fold(section.id), fold(section.name), fold(section.id.replace("_", " "))):
            return section.id
    names = joined([s.name for s in taxonomy.sections], "or")
    raise QuestionError(f"{name!r} is not a section of the profiles", f"send {names}")


def _not_loaded(snapshot: Snapshot, countries: Sequence[str]) -> list[str]:
    """Which of the countries have no loaded page, and of the others, which editions have."""
    names = snapshot.taxonomy.countries
    told = []
    for country in countries:
        editions = snapshot.text_editions.get(country)
        told.append(
            f"No profile of {names[country].name} is loaded."
            if editions is None
            else f"Loaded of {names[country].name}: {edition_list(editions)}."
        )
    return told
