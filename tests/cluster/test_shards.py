"""A corpus in several indexes gives the answers of one: of the invented world, one shard has Nigeria and one Chad and Niger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from world import TEXTS, page, write_world

from app.cli.main import main
from corpus.errors import IndexDamaged, QuestionError
from corpus.records import Corpus
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.cluster.shards import OpenShard, Shards, share
from index.contract.typed_results import MentionsResult
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations import folders
from index.generations.snapshot import Snapshot, open_snapshot


@pytest.fixture(scope="module")
def corpus(world_sources: Path, taxonomy: Taxonomy) -> Corpus:
    return load_corpus([world_sources], taxonomy)


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory,
    world_index: Path,
    corpus: Corpus,
    encoder: SentenceTransformerEncoder,
    taxonomy: Taxonomy,
) -> Iterator[tuple[Snapshot, ...]]:
    snapshots = []
    for number in (1, 2):
        # The whole index has all vectors, so that none is made again.
        index = Path(shutil.copytree(world_index, tmp_path_factory.mktemp("shard") / str(number)))
        build_index(share(corpus, number, 2, taxonomy), index, encoder, taxonomy)
        snapshots.append(open_snapshot(index, lambda spec: encoder))
    yield tuple(snapshots)
    for snapshot in snapshots:
        snapshot.close()


@pytest.fixture(scope="module")
def shards(opened: tuple[Snapshot, ...], taxonomy: Taxonomy) -> Shards:
    return Shards([OpenShard(snapshot) for snapshot in opened], taxonomy)


@pytest.mark.parametrize("of", [1, 2, 3, 200])
def test_every_page_is_in_one_shard_and_every_score_in_all(corpus: Corpus, taxonomy: Taxonomy, of: int) -> None:
    parts = [share(corpus, number, of, taxonomy) for number in range(1, of + 1)]
    assert sorted(p.source for part in parts for p in part.profiles) == sorted(p.source for p in corpus.profiles)
    assert sorted(s.name for part in parts for s in part.sources) == sorted(s.name for s in corpus.sources)
    for part in parts:
        assert part.scores == corpus.scores
        assert {s.name for s in part.sources} == {p.source for p in part.profiles}


def test_a_new_page_concerns_one_shard(tmp_path: Path, corpus: Corpus, taxonomy: Taxonomy) -> None:
    sources = write_world(tmp_path / "sources", taxonomy)
    (sources / "2023" / "niger.txt").write_text(page("Niger", 2023, taxonomy, TEXTS["Niger"]), encoding="utf-8")
    after = load_corpus([sources], taxonomy)
    assert share(after, 1, 2, taxonomy).profiles == share(corpus, 1, 2, taxonomy).profiles
    assert share(after, 1, 2, taxonomy).sources == share(corpus, 1, 2, taxonomy).sources
    assert {(p.country, p.edition) for p in share(after, 2, 2, taxonomy).profiles} == {
        ("TCD", 2021), ("TCD", 2023), ("NER", 2021), ("NER", 2023),
    }  # fmt: skip


def test_the_shards_hold_what_they_should(opened: tuple[Snapshot, ...]) -> None:
    assert [sorted(snapshot.text_editions) for snapshot in opened] == [["NGA"], ["NER", "TCD"]]
    assert all(snapshot.loaded.countries == {"NGA", "NER", "TCD"} for snapshot in opened)


@pytest.mark.parametrize(
    "question",
    [
        "Who sells the fuel upriver in Nigeria?",
        "Who runs the marble quarries of Chad?",
        "Who digs salt in Niger?",
        "Who governs the moons of Jupiter from Niger?",
        "Niger in 2023: who guides travellers?",
        "Who sells stolen fuel?",
        "What do sailors buy?",
        "Where are rifles hidden?",
        "Who trades parrots in Peru?",
    ],
)
def test_the_first_passage_and_whether_it_answers_are_those_of_one_index(world: Snapshot, shards: Shards, question: str) -> None:
    one, many = ask(world, question), shards.ask(question)
    assert (one.answered, one.answer if one.answered else "") == (many.answered, many.answer if many.answered else "")
    assert [p.id for p in one.passages][:1] == [p.id for p in many.passages][:1]


def test_no_passage_is_lost_between_shards(world: Snapshot, shards: Shards) -> None:
    question = "Who sells stolen fuel?"
    everything = {p.id for p in ask(world, question, limit=500).passages}
    assert len(everything) > len(world.definition_rows)
    assert {p.id for p in shards.ask(question, limit=500).passages} == everything


@pytest.mark.parametrize(
    "question",
    [
        "Chad human trafficking score 2021",
        "which country has the highest criminality",
        "compare Niger and Nigeria on resilience in 2021",
        "mean criminality of Africa",
        "how many countries score 6 or more for human trafficking",
    ],
)
def test_figures_are_those_of_one_index(world: Snapshot, shards: Shards, question: str) -> None:
    one, many = ask(world, question), shards.ask(question)
    assert one.answered and (one.result, one.facts, one.answer, one.notes) == (many.result, many.facts, many.answer, many.notes)


def test_a_country_s_question_goes_to_its_shard_alone(opened: tuple[Snapshot, ...], taxonomy: Taxonomy) -> None:
    asked = []

    class Noted(OpenShard):
        def ask(self, text, limit):
            asked.append(sorted(self.countries))
            return super().ask(text, limit)

    shards = Shards([Noted(snapshot) for snapshot in opened], taxonomy)
    assert "Pelican Circle" in shards.ask("Who sells the fuel upriver in Nigeria?").answer
    assert asked == [["NGA"]]
    shards.ask("Who sells stolen fuel?")
    assert asked[1:] == [["NGA"], ["NER", "TCD"]]


def test_two_countries_in_two_shards_each_get_their_share(world: Snapshot, shards: Shards) -> None:
    question = "What do people in Niger and Nigeria say in a same sentence?"
    listed = [p.country for p in shards.ask(question).passages]
    assert {*listed[:2]} == {*listed[2:4]} == {"NER", "NGA"}
    assert listed == [p.country for p in ask(world, question).passages]


def test_mentions_are_gathered_from_all_shards(world: Snapshot, shards: Shards) -> None:
    question = "Which profiles mention a same sentence?"
    one, many = ask(world, question), shards.ask(question)
    assert isinstance(many.result, MentionsResult) and many.result.countries == ("NER", "NGA")
    assert (one.answer, one.result, one.passages) == (many.answer, many.result, many.passages)
    nowhere = "Which profiles mention Serbian groups?"
    assert ask(world, nowhere).answer == shards.ask(nowhere).answer


def test_an_answer_from_several_shards_says_so(shards: Shards) -> None:
    assert any("spread over 2 indexes" in note for note in shards.ask("Who sells stolen fuel?").notes)
    assert not any("indexes" in note for note in shards.ask("Who sells the fuel upriver in Nigeria?").notes)


def test_the_order_of_the_shards_does_not_matter(opened: tuple[Snapshot, ...], shards: Shards, taxonomy: Taxonomy) -> None:
    turned = Shards([OpenShard(snapshot) for snapshot in reversed(opened)], taxonomy)
    for question in ("Who sells stolen fuel?", "Which profiles mention a same sentence?", "what counts as flora crimes?"):
        a, b = shards.ask(question), turned.ask(question)
        assert replace(a, generation="") == replace(b, generation="")


def test_a_shard_that_fails_fails_the_question(opened: tuple[Snapshot, ...], taxonomy: Taxonomy) -> None:
    class Broken(OpenShard):
        def ask(self, text, limit):
            raise IndexDamaged("gone", "build again")

    shards = Shards([OpenShard(opened[0]), Broken(opened[1])], taxonomy)
    with pytest.raises(IndexDamaged):
        shards.ask("Who sells stolen fuel?")
    assert shards.ask("Who sells the fuel upriver in Nigeria?").answered


def test_what_is_no_question_is_refused(shards: Shards) -> None:
    with pytest.raises(QuestionError):
        shards.ask("   ")
    assert shards.ask("Who sells stolen fuel?", id="Q1", limit=1).id == "Q1"
    assert len(shards.ask("Who sells stolen fuel?", limit=1).passages) == 1


def test_the_command_builds_a_shard(
    tmp_path: Path, world_index: Path, world_sources: Path, opened: tuple[Snapshot, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    index = Path(shutil.copytree(world_index, tmp_path / "index"))
    assert main(["build", "--index", str(index), "--sources", str(world_sources), "--shard", "1/2"]) == 0
    built, known = folders.current_folder(index), opened[0].folder
    for name in (folders.PASSAGES, folders.CHUNKS, folders.SENTENCES, folders.COVERAGE):
        assert (built / name).read_bytes() == (known / name).read_bytes()
    for wrong in ("0/2", "3/2", "1", "a/b", "1/"):
        with pytest.raises(SystemExit):
            main(["build", "--index", str(index), "--shard", wrong])
    assert "K/N" in capsys.readouterr().err
