"""Answers made by hand, one for each kind that gathers or compares, to test how they are shown."""

from __future__ import annotations

from dataclasses import replace

from index.contract.answer_object import Answer, Fact, FoundPassage, QueryShown, Understood
from index.contract.briefing_results import (
    AboutResult,
    BriefScore,
    ExplanationPart,
    ExplanationResult,
    OverviewResult,
    PageFactResult,
)
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    GroupRankingResult,
    IndicatorRankingResult,
    TrendResult,
)
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Result, Unavailable

OFFERED = "How far apart are Peru and Chile on criminality?"


def made(result: Result, text: str = "A sentence.", **other: object) -> Answer:
    """An answer with this result; its kind is that of the result, and the reading is sure unless `understood` is given."""
    kind = result.type
    answer = Answer(
        question="a question",
        understood=Understood(kind, (), (), (), (), "read in words", confidence=0.95),
        answered=kind != "unavailable",
        confidence=0.9,
        answer=text,
        result=result,
        facts=(),
        passages=(),
        notes=(),
        generation="000001-made",
    )
    return replace(answer, **other)  # type: ignore[arg-type]


def fact(country: str, indicator: str, edition: int, value: float) -> Fact:
    """A score from a made-up cell."""
    return Fact(country, indicator, edition, value, f"made.xlsx, {country} {indicator} {edition}")


def overview() -> Answer:
    """Peru in 2023: two overall scores, a market, an actor, two parts of resilience, and a quotation."""

    def score(indicator: str, value: float, rank: int, change: float | None, alike: float | None = None) -> BriefScore:
        return BriefScore("PER", indicator, 2023, value, "made.xlsx", rank, 193, "world", change, 2021, alike)

    scores = (
        score("criminality", 6.40, 31, 0.05, -0.10),
        score("resilience", 4.50, 110, -0.08),
        score("cocaine_trade", 9.0, 2, 0.0),
        score("criminal_networks", 7.0, 40, 0.5),
        score("prevention", 4.5, 90, 0.0),
        score("law_enforcement", 3.5, 120, -0.5),
    )
    passage = FoundPassage(
        "PER-2021-trade-1", "paragraph", "PER", 2021, "Trade", 1, None, "Guns come by road. They are few.", ((0, 18),), 1.0,
        "https://ocindex.net/2021/country/peru",
    )  # fmt: skip
    text = "Peru scores 6.40 for criminality. The worst market is cocaine trade (9.00). Since 2021 it rose; so did others."
    result = OverviewResult("PER", 2023, None, scores, ("Trade",))
    facts = tuple(fact("PER", s.indicator, 2023, s.value) for s in scores)
    return made(result, text, facts=facts, passages=(passage,))


def explanation(*, change: bool = False) -> Answer:
    """What lies behind criminality in Peru in 2023, or behind its change from 2021."""
    parts = (
        ExplanationPart("cocaine_trade", 9.0, 7.25, 1.75, 0.0),
        ExplanationPart("arms_trafficking", 4.0, 5.5, -1.5, -0.5),
    )
    start, end = (2021, 2023) if change else (None, None)
    result = ExplanationResult("PER", "criminality", 2023, parts, "South America", start, end)
    return made(result, facts=(fact("PER", "cocaine_trade", 2023, 9.0), fact("PER", "cocaine_trade", 2021, 9.0)))


def groups() -> Answer:
    """The means of two regions."""
    result = GroupRankingResult(("South America", "Caribbean"), (6.13, 3.87), (12, 13), "criminality", 2025, "mean", "world")
    shown = QueryShown("2 regions ranked by mean criminality in 2025", "select 1", (2025,))
    return made(result, query=shown, understood=Understood("group_ranking", (), (), ("criminality",), (2025,), "words", 0.95))


def indicators() -> Answer:
    """The changes of two indicators over Africa, from 2023 to 2025."""
    result = IndicatorRankingResult(("cocaine_trade", "prevention"), (0.42, -0.1), "Africa", 2025, "mean", 2023, 2025)
    return made(result)


def difference() -> Answer:
    """Chile and Peru on criminality."""
    facts = (fact("CHL", "criminality", 2025, 5.48), fact("PER", "criminality", 2025, 6.62))
    return made(DifferenceResult(-1.14, (5.48, 6.62), 2025, ("CHL", "PER"), "criminality"), facts=facts)


def trend() -> Answer:
    """Criminality in Honduras in three editions; the first step added indicators."""
    values = {2021: 6.98, 2023: 7.05, 2025: 7.10}
    facts = tuple(replace(fact("HND", "criminality", e, v), rank=n, of=193) for n, (e, v) in enumerate(values.items(), start=10))
    like = (0.09, None)
    result = TrendResult("criminality", tuple(values), tuple(values.values()), (10, 11, 12), "HND", None, (2025,), like)
    return made(result, facts=facts)


def correlation() -> Answer:
    """Two scores over three countries, with the scores."""
    result = CorrelationResult(("criminality", "resilience"), 2025, "South America", -0.47, -0.25, 3)
    scores = {"PER": (6.62, 4.5), "CHL": (5.48, 6.2), "BRA": (7.07, 5.04)}
    facts = [fact(c, i, 2025, v) for c, both in scores.items() for i, v in zip(result.indicators, both, strict=True)]
    return made(result, facts=tuple(facts))


def page_fact() -> Answer:
    """The capital that a page prints."""
    return made(PageFactResult("PER", 2021, "capital", "Lima"), "The 2021 page of Peru gives its capital as Lima.")


def about() -> Answer:
    """An entry about the Index, with its source also among the notes."""
    source = "https://ocindex.net/report/2023/02-about-the-index.html"
    return made(AboutResult("scale", "Scores run from 1 to 10.", source), "Scores run from 1 to 10.", notes=(f"More: {source}",))


def unsure() -> Answer:
    """Declined because it may not have been understood, with a question offered."""
    why = "the question may not have been understood; choose one of the questions below, or ask it in other words"
    text = "I may not have understood: choose one of the questions below, or ask it in other words."
    read = Understood("unavailable", (), (), (), (), "all loaded countries")
    return made(Unavailable(why, RefusalReason.NOT_UNDERSTOOD), text, alternatives=(OFFERED,), understood=read)


def doubted() -> Answer:
    """Answered from a reading that is only a little likelier than not, with another question offered."""
    read = Understood("difference", ("CHL", "PER"), (), ("criminality",), (2025,), "difference in criminality", 0.55)
    return replace(difference(), understood=read, alternatives=("Peru criminality score 2025",))
