"""Which editions a meaning is about, given what is loaded. Pure.

Without an edition in the question the latest one that has the scores is meant; a change is then the one since the edition before.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.contract.answer_kind import Kind
from index.meaning.meaning import By, Direction, Meaning
from index.questions.context import NotUnderstood
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Change, Level, Measure


class NotLoaded(NotUnderstood):
    """Raised where a question was understood and no loaded edition has the scores it asks for."""


def editions_having(loaded: LoadedScores, indicators: Sequence[str], countries: Sequence[str] = ()) -> tuple[int, ...]:
    """The editions, earliest first, in which all these countries have all these scores.

    A country without any score does not count: what is missing is said where the query runs.
    """
    known = [c for c in countries if c in loaded.countries]
    found = [set(loaded.editions(i, known)) or set(loaded.editions(i)) for i in indicators]
    return tuple(sorted(set.intersection(*found))) if found else loaded.all_editions


def level_editions(meaning: Meaning, indicators: Sequence[str], loaded: LoadedScores) -> tuple[int, ...]:
    """The editions whose scores are meant. Raises NotUnderstood where no edition has them."""
    if meaning.editions:
        return meaning.editions
    having = editions_having(loaded, indicators, meaning.countries)
    if not having:
        raise NotLoaded("no loaded edition has these scores")
    return having[-1:]


def one_edition(meaning: Meaning, indicators: Sequence[str], loaded: LoadedScores) -> int:
    """The one edition meant; the later of several. Raises NotUnderstood where no edition has the scores."""
    return max(level_editions(meaning, indicators, loaded))


def change_editions(meaning: Meaning, indicator: str, loaded: LoadedScores) -> tuple[int, int]:
    """The first and last edition of a change. Raises NotUnderstood where fewer than two editions have the score.

    One edition named is the later one and the edition before it the earlier; with the first edition of all the change starts.
    """
    having = editions_having(loaded, [indicator] if indicator else [], meaning.countries)
    if len(meaning.editions) > 1:
        return min(meaning.editions), max(meaning.editions)
    if len(meaning.editions) == 1:
        (named,) = meaning.editions
        earlier = [e for e in having if e < named]
        if earlier:
            return earlier[-1], named
        return named, having[-1] if having else named
    if len(having) < 2:
        raise NotUnderstood("a change needs two loaded editions with the same score")
    return having[-2], having[-1]


def is_change(meaning: Meaning) -> bool:
    """Whether changes are asked for rather than scores."""
    if meaning.kind is Kind.CHANGE or meaning.order in (Direction.UP, Direction.DOWN):
        return True
    return meaning.change and meaning.by is not By.EDITION


def measures_of(meaning: Meaning, indicators: Sequence[str], loaded: LoadedScores) -> tuple[Measure, ...]:
    """A score or a change of each indicator, in each edition meant. An indicator "" stands for every one of a family."""
    if is_change(meaning):
        return tuple(Change(i, *change_editions(meaning, i, loaded)) for i in indicators)
    return tuple(Level(i, e) for i in indicators for e in level_editions(meaning, [i] if i else [], loaded))
