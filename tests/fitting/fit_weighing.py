"""Fits how readings of a question are weighed (`index/data/reading_trees.json`) and measures it. Not a test: run by hand.

    OMP_NUM_THREADS=1 PYTHONPATH=.:tests/fitting python tests/fitting/fit_weighing.py INDEX OUT QUARTERS

INDEX is of the development pages and the workbook. The reader of words is fitted without a quarter of the authors at a time, and
QUARTERS is the folder in which `fit_question_reader.py` left the question readers that were fitted without the same quarters.
Every reading of their questions is answered and judged (`tests.questions.author_sets`), so are those of the older development
sets, and boosted decision trees over the evidence say how likely a reading is right. Prints the calibration and, for lines below
which a question is declined, how many answers are met, wrong and declined, with the trees fitted without the quarter in
question. Writes the trees fitted on all to OUT, and every reading beside it (.jsonl).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, astuple, dataclass, fields, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from fit_question_reader import quarters
from fit_reader import Task, fit_words, indicators_task, kinds_task, orders_task
from reader_questions import Labelled, digest, labelled, older_texts, part_of, question_files
from sklearn.ensemble import HistGradientBoostingClassifier as Boosted
from tree_file import written

from corpus.errors import OcqaError
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.answers.answer import answer_reading
from index.answers.reading import Readings, readings_with
from index.evals.score_results import Verdict
from index.evals.score_results import judge as compared
from index.generations.snapshot import Snapshot, open_snapshot
from index.meaning.asides import without_asides
from index.meaning.candidate import OUT, TEXT, CandidateReading, ReadingEvidence
from index.meaning.learned import Head, LearnedReader, learned_reader, pillars_of, scale_of
from index.meaning.question_reader import QuestionReader, open_question_reader
from index.questions.question import Question, understand
from tests.questions.author_sets.figures import Figures, official_figures
from tests.questions.author_sets.judge import Outcome, judge
from tests.questions.author_sets.judge_pages import Pages
from tests.questions.author_sets.labels import Label, read_author
from tests.questions.author_sets.report import WORKBOOK, pages_of

DATA = Path(__file__).parents[1] / "data"
SCORE_SETS = ("first_dev", "second", "third", "fourth", "fifth", "sixth")
OLDER_SETS = ("world_dev.jsonl", *(f"scores_{name}.jsonl" for name in SCORE_SETS))
NAMES = [field.name for field in fields(ReadingEvidence)]
QUARTERS = 4
# On other authors, more or deeper trees are no better; a logistic function meets 2% fewer at the same share of wrong answers.
HOW = {"max_iter": 250, "learning_rate": 0.06, "max_leaf_nodes": 12, "min_samples_leaf": 40, "l2_regularization": 1.0}
LINES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
PASSAGES = 3
# Questions of other kinds are never met from pages, so those need not be searched for them.
FROM_PAGES = frozenset(("text", "out", "overview", "explanation", "definition", "about", "none", "page_fact"))
# The plainly worded older questions are few, and still what many type.
OLDER = 3.0

Readers = tuple[LearnedReader, QuestionReader]


@dataclass(frozen=True)
class Learning:
    """All that the readers are fitted on."""

    taxonomy: Taxonomy
    questions: list[Labelled]
    authors: np.ndarray
    texts: list[Labelled]


def learning() -> Learning:
    taxonomy = load_taxonomy()
    questions = list(labelled(question_files(), taxonomy))
    return Learning(taxonomy, questions, np.array([q.author for q in questions]), list(older_texts(taxonomy)))


@dataclass(frozen=True)
class Row:
    """One reading of one question: its evidence, and how its answer came out. `kind` is the one that the question was labelled
    with, `label` that of the reading."""

    question: int
    text: str
    author: str
    kind: str
    label: str
    evidence: tuple[float, ...]
    outcome: Outcome
    meant: bool


def reader_without(learning: Learning, left_out: set[str], quarter: int) -> LearnedReader:
    """The learned reader fitted without some authors and without a quarter of the older texts, with the stored temperatures."""
    chosen = ~np.isin(learning.authors, list(left_out))
    older = np.array([part_of(t.question.text, QUARTERS) != quarter for t in learning.texts])
    texts = [t for t, kept in zip(learning.texts, older, strict=True) if kept]
    made = {
        "kinds": kinds_task(learning.questions, texts),
        "indicators": indicators_task(learning.questions, learning.taxonomy),
    }
    scores = fit_words(made["indicators"], chosen).scores(made["indicators"].rows) / learned_reader().indicators.temperature
    said = [dict(zip(made["indicators"].labels, row, strict=True)) for row in scores.tolist()]
    pillars = pillars_of(learning.taxonomy)
    scales = [scale_of(q.masked, chance, pillars) for q, chance in zip(learning.questions, said, strict=True)]
    made["orders"] = orders_task(learning.questions, scales)
    return replace(learned_reader(), **{name: head_without(name, task, chosen) for name, task in made.items()})


def head_without(name: str, task: Task, chosen: np.ndarray) -> Head:
    """A head learned from the chosen questions alone."""
    words = fit_words(task, chosen)
    scale = np.maximum(np.abs(words.weights).max(0) / 127, 1e-9)
    return replace(
        getattr(learned_reader(), name),
        labels=task.labels,
        keys=task.keys,
        weights=np.round(words.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=words.bias.astype(np.float32),
    )


def question_reader_without(folder: Path, quarter: int) -> QuestionReader:
    """The question reader that was fitted without a quarter. Raises ValueError if there are other questions now."""
    path = folder / f"quarter{quarter}.onnx"
    reader = open_question_reader(path.read_bytes())
    if reader.questions != digest(question_files()):
        raise ValueError(f"{path} is of other questions: run fit_question_reader.py again")
    return reader


def outcome_of(
    snapshot: Snapshot,
    question: Question,
    readings: Readings,
    candidate: CandidateReading,
    label: Label,
    figures: Figures,
    pages: Pages,
) -> Outcome:
    """How the answer to one reading comes out; a reading that makes the program fail is wrong, and printed."""
    if candidate.label == TEXT and label.kind not in FROM_PAGES:
        return Outcome.WRONG
    try:
        answer = answer_reading(snapshot, question, readings, candidate, PASSAGES)
    except Exception as error:
        print(f"{type(error).__name__} {error} on {question.text!r} read as {candidate.label}", file=sys.stderr)
        return Outcome.WRONG
    return judge(label, answer.to_dict(), figures, pages).outcome


def rows_of(
    snapshot: Snapshot, readers: Readers, labels: Sequence[Label], figures: Figures, pages: Pages, first: int
) -> Iterator[Row]:
    """Every reading of every question, answered and judged."""
    for number, label in enumerate(labels, start=first):
        question = understood(snapshot, label.question)
        readings = None if question is None else read_with(snapshot, question, readers)
        if question is None or readings is None:
            continue
        for weighed in readings.readings:
            candidate = weighed.candidate
            outcome = outcome_of(snapshot, question, readings, candidate, label, figures, pages)
            meant = outcome is Outcome.MET or (
                outcome is Outcome.DECLINED
                and label.kind in (candidate.label, OUT if candidate.label == TEXT else candidate.label)
            )
            if outcome is not Outcome.UNDETERMINED:
                evidence = astuple(candidate.evidence)
                yield Row(number, label.question, label.author, label.kind, candidate.label, evidence, outcome, meant)


def read_with(snapshot: Snapshot, question: Question, readers: Readers) -> Readings | None:
    """The readings of a question; None of one on which the program fails, which is printed."""
    try:
        return readings_with(snapshot, question, readers[0], lambda: readers[1])
    except Exception as error:
        print(f"{type(error).__name__} {error} on {question.text!r}", file=sys.stderr)
        return None


def understood(snapshot: Snapshot, text: str) -> Question | None:
    """A question as `ask` reads it; None if it is none."""
    try:
        question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    except OcqaError:
        return None
    return without_asides(question, snapshot.gazetteer, snapshot.taxonomy.editions)


def older_rows(snapshot: Snapshot, readers: Readers, name: str, quarter: int, first: int) -> Iterator[Row]:
    """Every reading of a quarter of an older set: a score result is compared, a question about text should be read as one."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(map(json.loads, lines)):
        question = understood(snapshot, line["question"])
        if question is None or part_of(question.text, QUARTERS) != quarter:
            continue
        readings = read_with(snapshot, question, readers)
        if readings is None:
            continue
        for weighed in readings.readings:
            candidate = weighed.candidate
            if "expect" in line:
                answer = answer_reading(snapshot, question, readings, candidate, PASSAGES).to_dict()
                verdict = compared(line["expect"], answer["result"], declined=not answer["answered"])
                outcome = {Verdict.EXACT: Outcome.MET, Verdict.WRONG: Outcome.WRONG, Verdict.REFUSED: Outcome.DECLINED}[verdict]
            else:
                outcome = Outcome.MET if candidate.label == TEXT else Outcome.WRONG
            meant = outcome is Outcome.MET
            evidence = astuple(candidate.evidence)
            author, kind = f"older {quarter}", line.get("kind", "")
            yield Row(first + number, question.text, author, kind, candidate.label, evidence, outcome, meant)


def design(rows: Sequence[Row], kinds: Sequence[str]) -> np.ndarray:
    """Evidence and one column for each kind: float[rows, names + kinds]."""
    return np.array([[*r.evidence, *(float(r.label == k) for k in kinds)] for r in rows])


def fitted(rows: Sequence[Row], kinds: Sequence[str]) -> Boosted:
    weights = [OLDER if r.author.startswith("older") else 1.0 for r in rows]
    return Boosted(**HOW, early_stopping=False, random_state=0).fit(design(rows, kinds), [r.meant for r in rows], weights)


def left_out_chances(rows: Sequence[Row], kinds: Sequence[str], quarters: dict[str, int]) -> np.ndarray:
    """The chance of each reading by weights fitted without its author's quarter."""
    chance = np.zeros(len(rows))
    own = np.array([quarters[r.author] for r in rows])
    for quarter in range(QUARTERS):
        model = fitted([r for r, q in zip(rows, own, strict=True) if q != quarter], kinds)
        mine = own == quarter
        chance[mine] = model.predict_proba(design([r for r, m in zip(rows, mine, strict=True) if m], kinds))[:, 1]
    return chance


def report(rows: Sequence[Row], chance: np.ndarray) -> None:
    best: dict[int, int] = {}
    for at, row in enumerate(rows):
        if row.question not in best or chance[at] > chance[best[row.question]]:
            best[row.question] = at
    chosen = list(best.values())
    p, right = chance[chosen], np.array([rows[at].meant for at in chosen])
    bins = np.minimum((p * 10).astype(int), 9)
    for b in sorted(set(bins.tolist())):
        mine = bins == b
        print(f"  {b / 10:.1f}  n {mine.sum():5}  said {p[mine].mean():.3f}  right {right[mine].mean():.3f}")
    error = sum(abs(p[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    print(f"calibration error {error:.4f} over {len(chosen)} questions")
    for line in LINES:
        outcomes = [rows[at].outcome if chance[at] >= line else Outcome.DECLINED for at in chosen]
        shares = [sum(o is wanted for o in outcomes) / len(outcomes) for wanted in (Outcome.MET, Outcome.WRONG, Outcome.DECLINED)]
        print(f"line {line}: met {shares[0]:.1%} wrong {shares[1]:.1%} declined {shares[2]:.1%}")


def rows_of_quarter(quarter: int, index: Path, folder: Path) -> list[Row]:
    """Every reading of the questions of a quarter, by readers that were fitted without it."""
    figures, snapshot, all_learning = official_figures(WORKBOOK), open_snapshot(index), learning()
    pages, everyone = pages_of(snapshot), quarters()
    authors = [a for a, q in everyone.items() if q == quarter]
    readers = reader_without(all_learning, set(authors), quarter), question_reader_without(folder, quarter)
    rows: list[Row] = []
    for author in authors:
        rows += rows_of(snapshot, readers, read_author(author), figures, pages, 1000 * list(everyone).index(author))
    for number, name in enumerate(OLDER_SETS, start=1):
        rows += older_rows(snapshot, readers, name, quarter, 100_000 * number)
    return rows


def main() -> None:
    index, target, folder = map(Path, sys.argv[1:])
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parts = [pool.submit(rows_of_quarter, quarter, index, folder) for quarter in range(QUARTERS)]
    rows = [row for part in parts for row in part.result()]
    with target.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(row)) + "\n" for row in rows)
    everyone = quarters() | {f"older {quarter}": quarter for quarter in range(QUARTERS)}
    kinds = sorted({r.label for r in rows})
    print("authors")
    own = [at for at, r in enumerate(rows) if not r.author.startswith("older")]
    chance = left_out_chances(rows, kinds, everyone)
    report([rows[at] for at in own], chance[own])
    print("all")
    report(rows, chance)
    target.write_text(written(fitted(rows, kinds), NAMES, kinds), encoding="utf-8")


if __name__ == "__main__":
    main()
