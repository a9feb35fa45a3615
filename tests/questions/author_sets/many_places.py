"""What is right for a question over many countries: sets, rankings, counts, statistics of groups, groups, correlations."""

from __future__ import annotations

from itertools import product
from statistics import correlation

from workbook import plain

from tests.questions.author_sets.figures import AREAS, CONTINENTS, MEMBERSHIPS, Figures, When
from tests.questions.author_sets.labels import Label
from tests.questions.author_sets.named_places import cut_of, figure, numbers
from tests.questions.author_sets.options import Fields, Listed, Numbers, Option, Share
from tests.questions.author_sets.readings import (
    asks_for_one,
    family_readings,
    indicator_readings,
    is_change,
    scopes,
    spans,
    whens,
)

LISTS = ("set", "ranking", "count", "comparison")


def matching(label: Label, figures: Figures, scope: frozenset[str], when: When) -> list[frozenset[str]]:
    """The countries that meet all conditions; where the question says "or" also those that meet one of them."""

    def met(country: str) -> list[bool]:
        return [figures.meets(country, c, when if c.change else when[-1:]) for c in label.conditions]

    found = [frozenset(c for c in scope if all(met(c)))]
    if len(label.conditions) > 1 and " or " in label.question.lower():
        found.append(frozenset(c for c in scope if any(met(c))))
    return found


def condition_whens(label: Label, figures: Figures) -> list[When]:
    """The editions or spans for which the workbook has all that the conditions name."""
    named = [c.indicator for c in label.conditions] + [c.value for c in label.conditions if c.value in figures.indicators[2025]]
    if any(c.change for c in label.conditions):
        return [w for w in spans(label) if all(figures.has(i, w) for i in named)]
    return [w for w in whens(label) if all(figures.has(i, w) for i in named)]


def about(label: Label) -> frozenset[str]:
    """Every indicator that a result about the label's conditions may name."""
    named = [c.indicator for c in label.conditions] + [c.value for c in label.conditions if isinstance(c.value, str)]
    return frozenset([*label.indicators, *named])


def of_set(label: Label, figures: Figures) -> list[Option]:
    """Countries that meet conditions, that stand at one end of an order, or at a place in it."""
    found: list[Option] = []
    if label.conditions:
        for when in condition_whens(label, figures):
            for scope in scopes(label, figures, when[-1]):
                for members in matching(label, figures, scope, when):
                    found += _of_matching(label, figures, members, when)
        return found
    for what, when in product(indicator_readings(label), whens(label)):
        if not figures.has(what[0], when) or label.order is None:
            continue
        for scope in scopes(label, figures, when[-1]):
            found += _at_an_end(label, figures, scope, what[0], when)
    return found


def _of_matching(label: Label, figures: Figures, members: frozenset[str], when: When) -> list[Option]:
    frame = {"types": LISTS, "name": "countries", "when": None, "indicators": about(label)}
    if label.order is None or label.n is None:
        return [Listed(tiers=(members,), least=1, most=1, **frame)]
    found: list[Option] = []
    for indicator in dict.fromkeys([*label.indicators, *(c.indicator for c in label.conditions)]):
        for time in dict.fromkeys((when, when[-1:])):
            if figures.has(indicator, time) and (len(time) == 2) == (label.order in ("up", "down")):
                found += _at_an_end(label, figures, members, indicator, time)
    return found


def _at_an_end(label: Label, figures: Figures, scope: frozenset[str], indicator: str, when: When) -> list[Option]:
    tiers = figures.tiers({c: figures.value(c, indicator, when) for c in scope}, label.order in ("high", "up"))
    frame = {"types": LISTS, "name": "countries", "when": when, "indicators": frozenset([indicator])}
    if label.place is None:
        return [Listed(tiers=tiers, ordered=True, **cut_of(label, tiers), **frame)]
    cut = cut_of(Label("", "", "", n=label.place), tiers)["least"]
    thirds = dict.fromkeys([tiers[cut - 1], *tiers[label.place - 1 : label.place]])
    return [Listed(tiers=(one,), least=1, most=1, **frame) for one in thirds]


def of_ranking(label: Label, figures: Figures) -> list[Option]:
    """The first n, or all, of a group or of named countries, in the order asked for, or in either if none was."""
    found: list[Option] = []
    several = not is_change(label) and len(label.editions) > 1
    for what, when in product(indicator_readings(label), whens(label) + (spans(label) if several else ())):
        if not figures.has(what[0], when):
            continue
        for scope in scopes(label, figures, when[-1]):
            for kept in matching(label, figures, scope, when) if label.conditions else [scope]:
                for high in (True, False) if label.order is None else (label.order in ("high", "up"),):
                    tiers = figures.tiers({c: figures.value(c, what[0], when) for c in kept}, high)
                    cut = cut_of(label, tiers) if label.n else {"least": len(tiers), "most": len(tiers)}
                    frame = {"name": "countries", "when": when, "indicators": frozenset(what[:1]), "ordered": True}
                    found.append(Listed(types=("ranking", "comparison", "set"), tiers=tiers, **cut, **frame))
    return found


def of_count(label: Label, figures: Figures) -> list[Option]:
    """How many countries meet the conditions, or what part of the group they are."""
    found: list[Option] = []
    for when in condition_whens(label, figures) if label.conditions else list(whens(label)):
        for scope in scopes(label, figures, when[-1]):
            for members in matching(label, figures, scope, when):
                if label.stat == "share":
                    found.append(Share(members, len(scope)))
                else:
                    found.append(Fields("count", {"value": len(members)}))
                    found.append(Listed(("set", "ranking"), "countries", (members,), 1, 1, None, about(label)))
    return found


def of_aggregate(label: Label, figures: Figures) -> list[Option]:
    """One statistic of a group, of the countries left of it, or of named countries; at each of several editions."""
    found: list[Option] = []
    stat = label.stat or "mean"
    plainly = not label.without and (len(label.groups) == 1 or not (label.groups or label.countries))
    for what, when in product(indicator_readings(label), whens(label)):
        if not figures.has(what[0], when):
            continue
        scope = scopes(label, figures, when[-1])
        if len(label.editions) < 2 or is_change(label):
            name = {"group": (label.groups or ("world",))[0]} if plainly else {}
            for members in scope:
                value = plain(figures.stat(members, what[0], when, stat))
                found.append(
                    Fields("aggregate", {"indicator": what[0], "edition": when[-1], "stat": stat, "value": value, **name})
                )
        if stat in ("min", "max"):
            end = Label("", "", "", order="high" if stat == "max" else "low", n=1)
            found += [option for members in scope for option in _at_an_end(end, figures, members, what[0], when)]
        where = [f"{stat}:{g}" for g in label.groups] if len(label.groups) > 1 else []
        found += numbers(figures, ("group_ranking", "difference", "aggregate"), where, what, [when])
    if plainly and len(label.editions) > 1 and not is_change(label):
        where = [f"{stat}:{(label.groups or ('world',))[0]}"]
        for what, when in product(indicator_readings(label), (list(whens(label)), list(spans(label)))):
            found += numbers(figures, ("aggregate", "trend"), where, what, when)
    return found


def compared_groups(label: Label, figures: Figures, edition: int) -> list[tuple[str, ...]]:
    """The groups that are set side by side: those named, or all of a sort, within a group if one is named."""
    sort = {"region": "regions", "continent": "continents", "membership": "memberships"}.get(label.by or "")
    named = (*label.groups, *(("world",) if label.world else ()))
    if len(named) > 1 or not sort:
        return [named] if len(named) > 1 else []
    if sort == "continents":
        return [CONTINENTS]
    if sort == "memberships":
        return [MEMBERSHIPS, (*MEMBERSHIPS, *AREAS)]
    names = {n for e, n in figures.world.groups if e == edition} - {*CONTINENTS, *MEMBERSHIPS, *AREAS}
    inside = figures.members(label.groups, label.without, edition)
    return [tuple(n for n in sorted(names) if figures.world.groups[edition, n] & inside)]


def of_group_ranking(label: Label, figures: Figures) -> list[Option]:
    """Groups in order of a statistic, or of the share of their countries that meets the conditions."""
    found: list[Option] = []
    stat = label.stat or "mean"
    if stat == "share" or label.conditions:
        return []
    several = not is_change(label) and len(label.editions) > 1
    for what, when in product(indicator_readings(label), spans(label) if several else whens(label)):
        for groups in compared_groups(label, figures, when[-1]) if figures.has(what[0], when) else []:
            values = {g: figure(figures, f"{stat}:{g}", what[0], when) for g in groups}
            exact = {g: figures.stat(figures.members(_limit(g), edition=when[-1]), what[0], when, stat) for g in groups}
            first = label.n is not None or (label.by is not None and label.order is not None and asks_for_one(label))
            for high in (label.order in ("high", "up"),) if first and label.order else (True, False):
                tiers = figures.tiers(exact, high)
                least = cut_of(label, tiers)["least"] if first else len(tiers)
                frame = {"fields": {"stat": stat}, "values": values, "whole": True, "indicators": frozenset(what[:1])}
                found.append(Listed(("group_ranking",), "groups", tiers, least, least, when, ordered=True, **frame))
            if len(groups) == 2:
                needed = {(f"{stat}:{g}", what[0], when): v for g, v in values.items()}
                found.append(Numbers(("difference", "comparison"), needed))
    return found


def of_indicator_ranking(label: Label, figures: Figures) -> list[Option]:
    """The indicators of a family in order of a statistic over a group."""
    found: list[Option] = []
    stat, group = label.stat or "mean", (label.groups or ("world",))[0]
    several = not is_change(label) and len(label.editions) > 1
    for family, when in product(family_readings(label), spans(label) if several else whens(label)):
        for members in scopes(label, figures, when[-1]):
            items = {i: figures.stat(members, i, when, stat) for i in family if figures.has(i, when)}
            values = {i: plain(v) for i, v in items.items()}
            for high in (True, False) if label.order is None else (label.order in ("high", "up"),):
                tiers = figures.tiers(items, high)
                frame = {"fields": {"stat": stat}, "values": values, "whole": True, "ordered": True}
                if label.groups == (group,):
                    frame["fields"] = {"stat": stat, "group": group}
                found.append(Listed(("indicator_ranking",), "indicators", tiers, **cut_of(label, tiers), when=when, **frame))
    return found


def of_correlation(label: Label, figures: Figures) -> list[Option]:
    """Pearson's and Spearman's coefficients over the countries of the world or a group."""
    found: list[Option] = []
    for when in whens(label):
        one, two = label.indicators[:2]
        if not figures.has(one, when) or not figures.has(two, when):
            continue
        for scope in scopes(label, figures, when[-1]):
            xs = [float(figures.value(c, one, when)) for c in sorted(scope)]
            ys = [float(figures.value(c, two, when)) for c in sorted(scope)]
            fields = {"pearson": correlation(xs, ys), "spearman": correlation(_ranks(xs), _ranks(ys)), "n": len(scope)}
            pairs = ([one, two], [two, one])
            found.append(Fields("correlation", {**fields, "edition": when[-1], "indicators": pairs}))
    return found


def _limit(group: str) -> tuple[str, ...]:
    return () if group == "world" else (group,)


def _ranks(values: list[float]) -> list[float]:
    ordered = sorted(values)
    first = {v: i for i, v in reversed(list(enumerate(ordered)))}
    return [first[v] + (ordered.count(v) - 1) / 2 for v in values]
