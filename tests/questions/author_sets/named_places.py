"""What is right for a question about named countries: value, rank, change, trend, comparison, difference, indicator set."""

from __future__ import annotations

from itertools import product

from reckon import COMPARE
from workbook import EDITIONS, plain

from tests.questions.author_sets.figures import FAMILY, Figures, When
from tests.questions.author_sets.labels import Label
from tests.questions.author_sets.options import FactRank, Fields, Listed, Numbers, Option
from tests.questions.author_sets.readings import family_readings, indicator_readings, is_change, spans, whens
from tests.questions.author_sets.shown import Key

SIDE_BY_SIDE = ("comparison", "set", "ranking", "difference", "change", "trend", "value", "group_ranking", "aggregate")


def places(label: Label) -> list[str]:
    """The countries and groups of a label as places of figures: a group is the statistic of its countries."""
    named = [*label.groups, *(["world"] if label.world else [])]
    return [*label.countries, *(f"{label.stat or 'mean'}:{g}" for g in named)]


def figure(figures: Figures, place: str, indicator: str, when: When) -> float:
    """The figure of a place, to two decimals."""
    if ":" not in place:
        return plain(figures.value(place, indicator, when))
    stat, _, group = place.partition(":")
    members = figures.members(() if group == "world" else (group,), edition=when[-1])
    return plain(figures.stat(members, indicator, when, stat))


def numbers(figures: Figures, types: tuple[str, ...], where: list[str], what: tuple[str, ...], when: list[When]) -> list[Option]:
    """The figures of every place on every indicator at every time, if the workbook has them all."""
    if not all(figures.has(i, w) for i in what for w in when) or not where:
        return []
    needed: dict[Key, float] = {(p, i, w): figure(figures, p, i, w) for p, i, w in product(where, what, when)}
    return [Numbers(types, needed)]


def of_value(label: Label, figures: Figures) -> list[Option]:
    """A score: also where its rank, its line over the editions or others' scores stand beside it."""
    types = ("value", "rank", "trend", "comparison", "set", "ranking")
    found = [numbers(figures, types, list(label.countries), what, list(whens(label))) for what in indicator_readings(label)]
    return [one for some in found for one in some]


def of_rank(label: Label, figures: Figures) -> list[Option]:
    """A place in the world or a group; several groups: any of them."""
    found: list[Option] = []
    for what, when, group in product(indicator_readings(label), whens(label), label.groups or ("world",)):
        indicator, country = what[0], label.countries[0]
        if not figures.has(indicator, when):
            continue
        members = figures.members(() if group == "world" else (group,), label.without, when[-1])
        value = figures.value(country, indicator, when)
        rank = 1 + sum(figures.value(one, indicator, when) > value for one in members)
        fields = {"country": country, "indicator": indicator, "edition": when[-1], "value": plain(value), "rank": rank}
        found.append(Fields("rank", {**fields, "of": len(members)} | ({} if label.without else {"within": group})))
        found.append(FactRank(country, indicator, when[-1], rank, len(members), None if label.without else group))
    return found


def of_change(label: Label, figures: Figures) -> list[Option]:
    """A later score minus an earlier one, given as such or as the scores of both editions."""
    types = ("change", "trend", "comparison", "set", "ranking", "aggregate", "group_ranking")
    where = list(label.countries) or places(label) or ["mean:world"]
    found = [numbers(figures, types, where, what, [w]) for what in indicator_readings(label) for w in spans(label)]
    return [one for some in found for one in some]


def of_trend(label: Label, figures: Figures) -> list[Option]:
    """A score in every edition, or its change where the label does not name all three editions."""
    found: list[Option] = []
    for what in indicator_readings(label):
        every = [(e,) for e in EDITIONS if all(figures.has(i, (e,)) for i in what) and e >= min(label.editions or EDITIONS)]
        where = list(label.countries) or places(label) or [f"{label.stat or 'mean'}:world"]
        found += numbers(figures, ("trend", "value", "aggregate"), where, what, every)
        ends = [w for w in spans(label) if len(label.editions) < 3]
        for span in ends:
            found += numbers(figures, ("change", "trend", "aggregate"), where, what, [span])
    return found


def of_comparison(label: Label, figures: Figures) -> list[Option]:
    """Every place's figure on every indicator; over several editions at each of them, or the changes between them."""
    found: list[Option] = []
    times = [list(whens(label))] + ([[w] for w in spans(label)] if len(label.editions) > 1 else [])
    for what, when in product(indicator_readings(label), times):
        found += numbers(figures, SIDE_BY_SIDE, places(label), what, when)
    return found


def of_difference(label: Label, figures: Figures) -> list[Option]:
    """Two figures and what lies between them, whichever is taken from the other; or both figures side by side."""
    if len(places(label)) == 1 and len(label.indicators) == 1:
        return of_change(label, figures) if len(label.editions) > 1 or is_change(label) else []
    found: list[Option] = []
    for what in indicator_readings(label) if len(places(label)) > 1 else (label.indicators,):
        for when in whens(label):
            found += numbers(figures, ("difference", "comparison", "group_ranking", "set"), places(label), what, [when])
            if len(places(label)) * len(what) == 2 and all(figures.has(i, when) for i in what):
                one, two = (figure(figures, p, i, when) for p in places(label) for i in what)
                found.append(Fields("difference", {"value": (round(one - two, 2), round(two - one, 2)), "edition": when[-1]}))
    return found


def of_indicator_set(label: Label, figures: Figures) -> list[Option]:
    """A country's own indicators at one end, or those that meet the conditions."""
    found: list[Option] = []
    times = whens(label) if is_change(label) or len(label.editions) < 2 else spans(label)
    for country, when, family in product(label.countries[:1], times, family_readings(label)):
        items = {i: figures.value(country, i, when) for i in family if figures.has(i, when)}
        items = {i: v for i, v in items.items() if _meets(label, figures, country, i, v, when)}
        frame = {"types": ("indicator_set",), "name": "indicators", "when": when, "fields": {"country": country}}
        for high in _ends(label):
            tiers = figures.tiers(items, high)
            if label.conditions and label.n is None:
                found.append(Listed(tiers=(frozenset(items),), least=1, most=1, **frame))
            elif label.order in ("up", "down") and label.n is None:
                moved = frozenset(i for i, v in items.items() if (v > 0 if high else v < 0))
                found.append(Listed(tiers=(moved,), least=1, most=1, **frame))
                found.append(Listed(tiers=tiers, least=1, most=1, **frame))
            else:
                found.append(Listed(tiers=tiers, **cut_of(label, tiers), **frame))
    return found


def cut_of(label: Label, tiers: tuple[frozenset[str], ...]) -> dict[str, int]:
    """How many tiers may be shown: those that hold the first n; any number from one on where no number was asked for."""
    if label.n is None:
        return {"least": 1, "most": len(tiers)}
    cut, held = 0, 0
    while cut < len(tiers) and held < label.n:
        held += len(tiers[cut])
        cut += 1
    return {"least": cut, "most": cut}


def _ends(label: Label) -> tuple[bool, ...]:
    return (True, False) if label.order is None else (label.order in ("high", "up"),)


def _meets(label: Label, figures: Figures, country: str, indicator: str, value: object, when: When) -> bool:
    """Whether one of a country's indicators meets the conditions that are about each of its family."""
    for one in label.conditions:
        if one.indicator not in FAMILY and one.indicator != indicator:
            continue
        if isinstance(one.value, (int, float)):
            limit = type(value)(str(one.value))  # type: ignore[call-arg]
        else:
            limit = figures.limit(country, type(one)(indicator, one.op, one.value), when)
        if not COMPARE[one.op](value, limit):
            return False
    return True
