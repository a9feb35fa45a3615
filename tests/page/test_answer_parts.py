"""What stands out of an answer on the page: figures, the distribution, names that lead on, questions to go on with."""

from __future__ import annotations

import pytest

from app.content.about_rows import about_parts
from app.content.answer_choices import chips_of
from app.content.answer_distribution import asked_scores, distribution_of, step_rows
from app.content.answer_leads import explored, leads
from app.content.answer_metrics import Metric, metrics_of, verdict_of
from app.content.answer_rows import notes_beside
from app.content.explore_choices import Choices
from app.content.linked_words import linked
from app.content.next_questions import next_questions
from app.reports.answer_words import kind_line
from index.answers.answer import ask
from index.contract.briefing_results import OverviewResult
from index.contract.group_results import DifferenceResult
from index.contract.typed_results import AggregateResult, ChangeResult, CountResult
from index.generations.snapshot import Snapshot
from index.questions.question import understand


def figures(question: str, snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    return {m.label: (m.figure, m.beside) for m in metrics_of(ask(snapshot, question), snapshot)}


def test_a_score_stands_with_its_ranks_and_its_change(shipped: Snapshot) -> None:
    assert figures("Peru cocaine score 2023", shipped) == {
        "Cocaine trade, 2023": ("9.00", "of 10, higher is worse"),
        "Rank in the world": ("joint 2nd", "of 193"),
        "Rank in South America": ("joint 2nd", "of 12"),
        "Since 2021": ("0.00", "from 9.00"),
    }
    assert figures("How does Peru rank for resilience in the Americas in 2021?", shipped)["Rank in the Americas"][1] == "of 35"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("How did Peru's criminality change between 2021 and 2025?", "Change"),
        ("What is the average criminality of Africa in 2025?", "Mean, Africa"),
        ("How many countries in Europe have criminality above 6 in 2025?", "Countries"),
        ("How far apart are Nigeria and Benin on criminality?", "Difference"),
    ],
)
def test_other_figures_are_those_of_the_result(question: str, label: str, shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, (ChangeResult, AggregateResult, CountResult, DifferenceResult))
    first = metrics_of(ask(shipped, question), shipped)[0]
    assert first.label == label and float(first.figure.replace("−", "-")) == result.value


def test_an_overview_stands_with_its_two_scores(shipped: Snapshot) -> None:
    result = ask(shipped, "tell me about Ghana").result
    assert isinstance(result, OverviewResult)
    values = {f"{shipped.taxonomy.indicators[s.indicator].name}, 2025": f"{s.value:.2f}" for s in result.scores[:2]}
    shown = figures("tell me about Ghana", shipped)
    assert {label: figure for label, (figure, _) in shown.items() if "2025" in label} == values


def test_a_verdict_is_one_word_and_a_text_has_no_figures(shipped: Snapshot) -> None:
    assert verdict_of(ask(shipped, "Is Kenya more criminal than Uganda?")) == "Yes"
    gold = ask(shipped, "who controls illegal gold mining in Peru")
    assert verdict_of(gold) == "" and metrics_of(gold, shipped) == ()


def test_the_figures_of_an_answer_in_several_parts_are_those_of_all_parts(shipped: Snapshot) -> None:
    resilience = "resilience, higher is better"
    assert figures("which is the most and the least resilient country in Africa", shipped) == {
        "Cabo Verde": ("6.54", resilience),
        "Libya and Somalia": ("1.88", resilience),
    }
    assert figures("how bad is Kenya for heroin and has it moved since 2021", shipped)["Since 2021"] == ("+0.50", "from 7.50")
    compared = figures("compare Kenya and Tanzania", shipped)
    assert compared["Kenya, resilience"] == ("5.17", "higher is better") and len(compared) == 4


def test_the_page_has_no_notes_for_programs_and_no_edition_that_the_answer_is_not_of(shipped: Snapshot) -> None:
    moved, both = (
        ask(shipped, q) for q in ("how bad is Kenya for heroin and has it moved since 2021", "compare Kenya and Tanzania")
    )
    for answer in (moved, both):
        assert len(notes_beside(answer)) == len(answer.notes) - 1 and "the result is" not in " ".join(notes_beside(answer))
    question = understand(moved.question, shipped.gazetteer, shipped.taxonomy.editions)
    assert "Edition" not in {chip.label for chip in chips_of(shipped, question, moved)}


def test_a_comparison_has_a_figure_for_each_country(shipped: Snapshot) -> None:
    answer = ask(shipped, "compare Peru and Chile on criminality in 2023")
    first, second = metrics_of(answer, shipped)
    assert isinstance(first, Metric) and {first.label, second.label} == {"Peru, criminality", "Chile, criminality"}
    assert all(m.figure in answer.answer for m in (first, second))


@pytest.mark.parametrize(
    ("question", "size", "marked"),
    [
        ("Peru cocaine score 2023", 193, ("Peru",)),
        ("which African country has the highest score for human trafficking in 2025", 54, ("Eritrea",)),
        ("rank of Peru for criminality in South America in 2021", 12, ("Peru",)),
        ("which is the most and the least resilient country in Africa", 54, ("Libya", "Somalia", "Cabo Verde")),
    ],
)
def test_an_answer_of_a_few_countries_is_seen_among_all(
    question: str, size: int, marked: tuple[str, ...], shipped: Snapshot
) -> None:
    answer, taxonomy = ask(shipped, question), shipped.taxonomy
    asked = asked_scores(answer, taxonomy)
    assert asked is not None
    indicator, edition, group = asked
    scores = shipped.score_store.scores_in([indicator], [edition])
    found = distribution_of(answer, group, scores, taxonomy)
    assert found is not None and sum(step.countries for step in found.steps) == size
    assert tuple(name for step in found.steps for name in step.own) == marked
    values = {s.country: s.value for s in scores}
    for step, row in zip(found.steps, step_rows(found), strict=True):
        inside = [c for c in taxonomy.members(group, edition) if step.start <= values[c] < float(str(row["end"]))]
        assert step.countries == len(inside)
    assert f"among the {size} countries" in found.title and "Marked:" in found.text


@pytest.mark.parametrize("question", ["tell me about Ghana", "compare Peru and Chile", "who controls gold mining in Peru"])
def test_other_answers_have_no_distribution(question: str, shipped: Snapshot) -> None:
    assert asked_scores(ask(shipped, question), shipped.taxonomy) is None


def test_names_in_a_sentence_lead_on_once_each(shipped: Snapshot) -> None:
    answer = ask(shipped, "Peru cocaine score 2023")
    shown = linked(f"{answer.answer} Peru again.", answer, Choices(shipped.taxonomy, shipped.loaded))
    assert shown.startswith("[Peru](/profile?country=PER&edition=2023) scored 9\\.00 for ")
    assert "[cocaine trade](/explore?view=Ranking&indicator=Cocaine+trade&edition=2023)" in shown
    assert shown.count("/profile?") == 1


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("Kenya heroin score 2023", {"indicator": "Heroin trade", "edition": "2023", "countries": ("Kenya",)}),
        ("which is the most and the least resilient country in Africa", {"group": "Africa (continent)", "edition": "2025"}),
        ("tell me about Laos", {"indicator": "Criminality", "countries": ("Laos",)}),
        ("who makes these scores", {}),
    ],
)
def test_explore_opens_on_what_an_answer_is_about(
    question: str, chosen: dict[str, str | tuple[str, ...]], shipped: Snapshot
) -> None:
    answer, choices = ask(shipped, question), Choices(shipped.taxonomy, shipped.loaded)
    found = explored(answer, choices)
    assert {name: found[name] for name in chosen} == chosen and bool(found) == bool(chosen)
    assert list(leads(answer, choices))[:2] == (["Full ranking", "Map"] if chosen else [])


def test_a_declined_question_goes_on_with_questions_on_its_country_and_topic_that_are_answered(shipped: Snapshot) -> None:
    answer = ask(shipped, "who runs the cocaine trade in Kenya")
    offered = next_questions(answer, shipped)
    assert not answer.answered and len(offered) == 3 and "How does Kenya rank for cocaine trade?" in offered
    assert all(ask(shipped, question).answered for question in offered)
    without = next_questions(ask(shipped, "asdf qwer"), shipped)
    assert without and all(ask(shipped, question).answered for question in without)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("who controls illegal gold mining in Peru", "From the profile text, in our words, after Peru 2021 · a strong match"),
        ("Peru cocaine score 2023", "From the scores"),
        ("who makes these scores", "About the Index"),
        ("population of Peru", "Printed on the page"),
        ("who runs the cocaine trade in Kenya", "No answer in what is loaded"),
    ],
)
def test_an_answer_says_what_it_is_made_of(question: str, line: str, shipped: Snapshot) -> None:
    assert kind_line(ask(shipped, question), shipped.taxonomy) == line


def test_the_page_about_the_index_has_whole_sentences_with_a_source(shipped: Snapshot) -> None:
    parts = about_parts(shipped)
    told = [entry for entries in parts.values() for entry in entries]
    assert len(told) >= 40 and len({entry.question for entry in told}) == len(told)
    assert all(e.text.endswith(".") and "{" not in e.text and e.source and e.question.endswith("?") for e in told)
