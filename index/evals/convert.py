"""Conversion of question sets, both ways, between our JSON Lines and the standard formats: BEIR folders and TREC qrels.

Documents are paragraphs, with their place as id. Fields that the other formats lack (kind, answer_span, expect, unanswerable)
are kept in a query's metadata, so that a round trip through a BEIR folder changes nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.naming import fold
from index.evals.measures import judgements, trec_qrels
from index.evals.sets import HIGHEST_GRADE, Case, SetError, case_of_dict, case_to_dict
from index.passages.passage import Passage, PassageKind

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
_MOST_NAMED = 5
_QRELS_HEAD = ("query-id", "corpus-id", "score")
Judgements = Mapping[str, Mapping[str, int]]


def to_beir(cases: Sequence[Case], passages: Iterable[Passage]) -> dict[str, str]:
    """The files of a BEIR folder by name: every paragraph of the index, every question, every label.

    Raises SetError naming every id that a line of such a file cannot hold and every label of a paragraph that is not there: a
    folder with such a label could not be read again.
    """
    _check_ids(cases)
    held = [p for p in passages if p.country]
    missing = sorted({gold.place for case in cases for gold in case.gold} - {p.id for p in held})
    if missing:
        message = f"the index has no paragraph {', '.join(missing[:_MOST_NAMED])}{', …' if len(missing) > _MOST_NAMED else ''}"
        raise SetError(message, "convert with the index that the labels belong to: --index DIR")
    rows = io.StringIO()
    writer = csv.writer(rows, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerows([_QRELS_HEAD, *judgements(cases)])
    queries = ({"_id": c.id, "text": c.question, "metadata": _metadata(c)} for c in cases)
    documents = ({"_id": p.id, "title": p.section, "text": p.text, "metadata": _place(p)} for p in held)
    return {CORPUS: _jsonl(documents), QUERIES: _jsonl(queries), QRELS: rows.getvalue()}


def to_qrels(cases: Sequence[Case]) -> str:
    """The labels as TREC qrels. Raises SetError naming every id that a line of such a file cannot hold."""
    _check_ids(cases)
    return trec_qrels(cases)


def _check_ids(cases: Iterable[Case]) -> None:
    """White space in an id would break its line into other columns."""
    wrong = [repr(case.id) for case in cases if not case.id or re.search(r"\s", case.id)]
    if wrong:
        raise SetError(f"no such file can hold the ids {', '.join(wrong)}", "give these questions ids of letters and digits")


def from_beir(files: Mapping[str, str], passages: Iterable[Passage]) -> tuple[Case, ...]:
    """The cases of a BEIR folder, its files by name, every `qrels/*.tsv` read.

    A document is matched by its id if that is a paragraph of the index, otherwise by its text if that is in one place only.
    Raises SetError naming every question, document and line that cannot be used.
    """
    wanted = [name for name in files if name.startswith("qrels/") and name.endswith(".tsv")]
    if QUERIES not in files or not wanted:
        raise SetError(
            f"the folder has no {QUERIES} or no qrels/*.tsv", "give a BEIR folder: corpus.jsonl, queries.jsonl, qrels/"
        )
    complaints: list[str] = []
    texts = {d["_id"]: str(d.get("text", "")) for d in _documents(CORPUS, files.get(CORPUS, ""), complaints)}
    grades: dict[str, dict[str, int]] = {}
    for name in sorted(wanted):
        rows = [tuple(line.split("\t")) for line in files[name].split("\n") if line.strip()]
        rows = rows[1:] if rows and rows[0] == _QRELS_HEAD else rows
        _collect(name, rows, (0, 1, 2), grades, complaints)
    queries = _documents(QUERIES, files[QUERIES], complaints)
    return _cases(queries, grades, texts, passages, complaints)


def from_qrels(text: str, name: str, questions: Sequence[Mapping[str, Any]], passages: Iterable[Passage]) -> tuple[Case, ...]:
    """The cases of TREC qrels (case, 0, paragraph, grade), with the text of the questions from another file, by id.

    Raises SetError naming every line and question that cannot be used.
    """
    complaints: list[str] = []
    grades: dict[str, dict[str, int]] = {}
    _collect(name, [tuple(line.split()) for line in text.split("\n") if line.strip()], (0, 2, 3), grades, complaints)
    named = [{**q, "_id": _id(q)} for q in questions if _id(q) in grades]
    if missing := sorted(grades.keys() - {q["_id"] for q in named}):
        complaints.append(f"{name}: no text for the questions {', '.join(missing)}")
    return _cases(named, grades, {}, passages, complaints)


def read_questions(text: str, name: str) -> list[dict[str, Any]]:
    """Questions with their ids, from JSON Lines of ours or of BEIR. Raises SetError naming every bad line."""
    complaints: list[str] = []
    questions = _documents(name, text, complaints)
    if complaints:
        raise SetError("; ".join(complaints), 'write {"id": "Q1", "question": "…"} or {"_id": "Q1", "text": "…"} a line')
    return questions


def _id(row: Mapping[str, Any]) -> str:
    return str(row.get("_id", row.get("id")))


def _metadata(case: Case) -> dict[str, Any]:
    return {key: value for key, value in case_to_dict(case).items() if key not in ("id", "question", "gold")}


def _place(passage: Passage) -> dict[str, Any]:
    return {
        "iso3": passage.country,
        "edition": passage.edition,
        "section": passage.section,
        "paragraph": passage.paragraph,
        "source": passage.source,
    }


def _jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _documents(name: str, text: str, complaints: list[str]) -> list[dict[str, Any]]:
    """The objects in a JSON Lines file that have an id; every other line becomes a complaint."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict) and ("_id" in row or "id" in row):
            found.append({**row, "_id": _id(row)})
        else:
            complaints.append(f"{name}, line {number}: not a JSON object with an id")
    return found


def _collect(
    name: str,
    rows: Sequence[tuple[str, ...]],
    columns: tuple[int, int, int],
    grades: dict[str, dict[str, int]],
    complaints: list[str],
) -> None:
    for number, row in enumerate(rows, start=1):
        try:
            query, document, grade = (row[i] for i in columns)
            graded = float(grade)
            if not graded <= HIGHEST_GRADE:
                raise ValueError
            grades.setdefault(query, {})[document] = max(int(graded), 0)
        except (ValueError, IndexError, OverflowError):
            complaints.append(f"{name}, judgement {number}: {' '.join(row)[:80]!r} is not question, document and grade")


def _cases(
    queries: Sequence[Mapping[str, Any]],
    grades: Judgements,
    texts: Mapping[str, str],
    passages: Iterable[Passage],
    complaints: list[str],
) -> tuple[Case, ...]:
    paragraphs = [p for p in passages if p.kind is PassageKind.PARAGRAPH]
    by_id = {p.id: p for p in paragraphs}
    by_text: dict[str, list[Passage]] = defaultdict(list)
    for paragraph in paragraphs:
        by_text[fold(paragraph.text)].append(paragraph)
    cases: list[Case] = []
    for query in queries:
        id, gold = query["_id"], []
        for document, grade in grades.get(query["_id"], {}).items():
            places = [by_id[document]] if document in by_id else by_text[fold(texts.get(document, ""))]
            if len(places) == 1:
                gold.append({**_place(places[0]), "grade": grade})
            elif places:
                complaints.append(
                    f"question {id}: the text of {document!r} is in several places: {', '.join(p.id for p in places)}"
                )
            else:
                complaints.append(f"question {id}: the document {document!r} is not a paragraph of the index")
        metadata = query.get("metadata")
        data = {**query, **(metadata if isinstance(metadata, dict) else {})}
        if not gold and not data.get("expect") and not data.get("unanswerable"):
            continue  # a folder has the questions of all splits, but not the labels of all
        try:
            cases.append(case_of_dict({**data, "id": id, "question": query.get("text", query.get("question")), "gold": gold}))
        except ValueError as error:
            complaints.append(f"question {id}: {error}")
    if complaints:
        raise SetError("; ".join(complaints), "convert with the index that the labels belong to, or correct the files")
    return tuple(cases)
