"""Fits the confidence of questions whose passages were judged, [judged] in `weights.toml`. Not a test: run by hand.

    PYTHONPATH=.:tests/fitting python tests/fitting/fit_judged.py PERU_INDEX WORLD_INDEX OUT

The first index is of the shipped corpus, the second of the development pages. Fitted on the development questions and on half of
the authors whom the judge has not seen; measured on the other half and on the older sets. Writes the tables to the file OUT, to
be copied to `index/data/weights.toml` by hand; a file OUT.jsonl has the evidence of every question.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from fit_confidence import LINES, calibration_error, in_own_units, logistic_regression
from judge_pairs import HELD_BACK, PAIRS, asked_in, page_of
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.generations.snapshot import Snapshot, open_snapshot
from index.meaning.asides import without_asides
from index.passages.passage import PassageKind
from index.questions.question import understand
from index.retrieval.evidence import Evidence
from index.retrieval.scope import scope_of, unclear_place
from index.retrieval.text_answer import find_text_answer
from index.retrieval.weights import weights

DATA = Path(__file__).parents[1] / "data"
FITTED_SETS, MEASURED_SETS = ("peru_dev", "world_dev"), ("peru_held_back", "peru_unseen", "world_held_back", "world_unseen")
NAMES = [field.name for field in fields(Evidence)]
# How much a question of the sets counts: what people ask is nearer to them than to twins made sentence by sentence.
SETS_COUNT = 4.0
JUDGED = ("judged", "judged_others", "judged_against", "judged_detail")
RESAMPLES = 500
PROCESSES = 2
# The share of the answerable that may be declined.
MAY_DECLINE = 0.04


@dataclass(frozen=True)
class Asked:
    """A question of a set or of an author: `sort` says what kind it is, `gold` where its answer stands."""

    source: str
    sort: str
    text: str
    answerable: bool
    gold: frozenset[tuple[str, int, str, int]]
    words: str = ""


@dataclass(frozen=True)
class Measured:
    """A question with the evidence for its first passage, and today's chance of an answer without the judge."""

    asked: Asked
    evidence: Mapping[str, float]
    before: float
    right: bool


def asked_in_set(name: str) -> Iterator[Asked]:
    for entry in map(json.loads, (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
        if "expect" not in entry:
            gold = frozenset((g["iso3"], g["edition"], g["section"], g["paragraph"]) for g in entry.get("gold", ()))
            yield Asked(name, entry.get("kind", ""), entry["question"], not entry.get("unanswerable", False), gold)


def asked_of_author(name: str) -> Iterator[Asked]:
    for one in asked_in(PAIRS / f"{name}.jsonl"):
        assert one.place is not None
        yield Asked(name, one.fault or one.wording, one.text, one.answered, frozenset((one.place,)), one.words)


def halves() -> tuple[list[str], list[str]]:
    """The authors whom the judge has not seen, to fit on and to measure: those who wrote about a page that is loaded."""
    names = sorted(name for name in HELD_BACK if (PAIRS / f"{name}.jsonl").is_file() and page_of(name) is None)
    return names[::2], names[1::2]


def measured(asked: Sequence[Asked], snapshots: Mapping[str, Snapshot]) -> Iterator[Measured]:
    """The questions that are about text and get a first passage."""
    for one in asked:
        snapshot = snapshots["peru" if one.source.lower().startswith("per") else "world"]
        editions = snapshot.taxonomy.editions
        question = without_asides(understand(one.text, snapshot.gazetteer, editions), snapshot.gazetteer, editions)
        scope = scope_of(snapshot, question)
        if scope.refusal is not None or unclear_place(snapshot, question) is not None:
            continue
        text = find_text_answer(snapshot, question, scope, 5)
        if text.evidence is None:
            continue
        first = text.retrieved.hits[0].passage
        place = (first.country, first.edition, first.section, first.paragraph)
        says = bool(one.words) and " ".join(one.words.split()) in " ".join(first.text.split())
        right = one.answerable and first.kind is PassageKind.PARAGRAPH and (place in one.gold or says)
        evidence = asdict(text.evidence)
        yield Measured(one, evidence, weights().confidence.answerable.chance(evidence), right)


def measured_of(source: str, peru: str, world: str) -> list[Measured]:
    """The questions of a set or of an author, measured in a process of their own."""
    asked = asked_in_set(source) if (DATA / f"{source}.jsonl").is_file() else asked_of_author(source)
    return list(measured(list(asked), {"peru": open_snapshot(Path(peru)), "world": open_snapshot(Path(world))}))


def columns(questions: Sequence[Measured], without: Sequence[str] = ()) -> np.ndarray:
    return np.array([[0.0 if name in without else q.evidence[name] for name in NAMES] for q in questions])


def fit(questions: Sequence[Measured], true: Sequence[bool], without: Sequence[str] = ()) -> Pipeline:
    """Logistic regression on standardised evidence."""
    counts = [SETS_COUNT if q.asked.source in FITTED_SETS else 1.0 for q in questions]
    model = make_pipeline(StandardScaler(), logistic_regression())
    return model.fit(columns(questions, without), true, logisticregression__sample_weight=counts)


def report(name: str, questions: Sequence[Measured], chance: np.ndarray) -> None:
    """AUROC, calibration and what is declined by sort at the line where so many of the answerable are."""
    answerable = np.array([q.asked.answerable for q in questions])
    before = np.array([q.before for q in questions])
    print(
        f"{name}: {answerable.sum()} answerable, {(~answerable).sum()} not; AUROC {roc_auc_score(answerable, before):.3f} -> "
        f"{roc_auc_score(answerable, chance):.3f}; calibration error {calibration_error(chance, answerable):.3f}"
    )
    sorts = sorted({(q.asked.answerable, q.asked.sort) for q in questions})
    for values, what in ((before, "before"), (chance, "judged")):
        line = np.quantile(values[answerable], MAY_DECLINE)
        below = {key: [] for key in sorts}
        for question, value in zip(questions, values, strict=True):
            below[(question.asked.answerable, question.asked.sort)].append(value < line)
        shares = " ".join(f"{sort or 'other'} {np.mean(declined):.0%}" for (_, sort), declined in below.items())
        print(f"  {what}: line {line:.2f}, declined {np.mean(values[~answerable] < line):.0%} of the unanswerable; {shares}")
    for line in LINES:
        declined = np.mean(chance[answerable] < line), np.mean(chance[~answerable] < line)
        print(f"  below {line}: {declined[0]:.1%} of the answerable, {declined[1]:.1%} of the others")


def ablation(name: str, questions: Sequence[Measured], known: Sequence[Measured]) -> None:
    """AUROC of each source of evidence alone, fitted on the same questions, and what the judge adds, with a paired interval."""
    answerable = np.array([q.asked.answerable for q in questions])
    chances = {}
    for what, without in (("evidence", JUDGED), ("judge", [n for n in NAMES if n not in JUDGED]), ("both", ())):
        model = fit(known, [q.asked.answerable for q in known], without)
        chances[what] = model.predict_proba(columns(questions, without))[:, 1]
    random = np.random.default_rng(0)
    gains = []
    for _ in range(RESAMPLES):
        at = random.integers(0, len(questions), len(questions))
        gains.append(roc_auc_score(answerable[at], chances["both"][at]) - roc_auc_score(answerable[at], chances["evidence"][at]))
    areas = ", ".join(f"{what} {roc_auc_score(answerable, chance):.3f}" for what, chance in chances.items())
    low, high = np.quantile(gains, (0.025, 0.975))
    print(f"{name}: AUROC {areas}; the judge adds {np.mean(gains):.3f} [{low:.3f}, {high:.3f}]")


def table(name: str, constant: float, fitted: Sequence[float]) -> str:
    rows = "".join(f"{evidence} = {weight:.2f}\n" for evidence, weight in zip(NAMES, fitted, strict=True))
    return f"[judged.{name}]\nconstant = {constant:.2f}\n\n[judged.{name}.weights]\n{rows}\n"


def to_line(question: Measured) -> dict[str, Any]:
    asked = {"source": question.asked.source, "sort": question.asked.sort, "text": question.asked.text}
    return {
        **asked,
        "answerable": question.asked.answerable,
        "right": question.right,
        "before": question.before,
        **question.evidence,
    }


def main(peru: str, world: str, out: str) -> None:
    ours, others = halves()
    sets = {"fit": [*FITTED_SETS, *ours], "authors": others, "older sets": [*MEASURED_SETS]}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        asking = {name: [pool.submit(measured_of, source, peru, world) for source in sources] for name, sources in sets.items()}
        found = {name: [q for one in futures for q in one.result()] for name, futures in asking.items()}
    with Path(f"{out}.jsonl").open("w", encoding="utf-8") as stream:
        for name, questions in found.items():
            for question in questions:
                stream.write(json.dumps({"set": name, **to_line(question)}, ensure_ascii=False) + "\n")
    known = found["fit"]
    models = {
        "answerable": fit(known, [q.asked.answerable for q in known]),
        "right": fit(known, [q.right for q in known]),
    }
    Path(out).write_text("".join(table(name, *in_own_units(model)) for name, model in models.items()), encoding="utf-8")
    for name in ("authors", "older sets"):
        ablation(name, found[name], found["fit"])
        for what, model in models.items():
            report(f"{name}, by the chance {what!r}", found[name], model.predict_proba(columns(found[name]))[:, 1])


if __name__ == "__main__":
    main(*sys.argv[1:4])
