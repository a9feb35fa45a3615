"""What is right for a question of two steps, read from the steps that its author wrote down in plain words.

The first step gives countries (or a region's countries, or one indicator of a country); the second asks something of them and is
one of the other kinds with those countries for its scope. Where a step cannot be read there is no option: undetermined.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tests.questions.author_sets import many_places, named_places
from tests.questions.author_sets.claims import NUMBERS
from tests.questions.author_sets.figures import FAMILY, Figures
from tests.questions.author_sets.labels import Condition, Label
from tests.questions.author_sets.options import Fields, Listed, Option
from tests.questions.author_sets.readings import spans

ALIASES = {
    "african": "Africa", "asian": "Asia", "european": "Europe", "eu": "European Union", "european union": "European Union",
    "oceanian": "Oceania", "caribbean": "Caribbean", "islands": "island states", "pacific": "Oceania", "the americas": "Americas",
}  # fmt: skip
TIED = 3  # of so many that share the first place an answer may show any one in its result
UP = r"\b(?:largest|biggest) (?:rises?|increases?)|\brose most"
DOWN = r"\b(?:largest|biggest) (?:falls?|drops?|decreases?)|\bfell most"
HIGH, LOW = r"\bhighest\b|\btop\b|\bmost\b|\bbest\b", r"\blowest\b|\bbottom\b|\bleast\b"
OPS = (
    (r"(?:at least|or more|or over|or above)", ">="),
    (r"(?:above|over|more than|exceeding)", ">"),
    (r"(?:below|under|less than)", "<"),
)


def of_two_steps(label: Label, figures: Figures) -> list[Option]:
    """The options of the second step, asked of what the first gives, at every time that the first may be about."""
    if len(label.steps) != 2:
        return []
    first, second = (_plain(step) for step in label.steps)
    moving = bool(re.search(rf"{UP}|{DOWN}", first)) or any(c.change for c in label.conditions)
    found: list[Option] = []
    for when in spans(label) if moving else (label.editions if len(label.editions) == 1 else (2025,),):
        start = replace(label, editions=when, indicators=_indicators(first, figures), n=_number(first), stat=None, without=())
        market = re.match(r"(?:highest|.* highest) criminal market", first) and len(label.countries) == 1
        if market:
            found += _of_market(label, figures, second)
        elif chosen := _chosen(start, first, figures):
            found += _asked(label, second, tuple(sorted(chosen)), start.indicators, figures)
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[_-]", " ", text.lower()))


def _indicators(step: str, figures: Figures) -> tuple[str, ...]:
    """The indicators that a step names, in its order."""
    names = {i.replace("_", " "): i for i in figures.indicators[2025]} | {"extortion": "extortion_and_protection_racketeering"}
    names |= {n.removesuffix(" trade"): i for n, i in names.items() if n.endswith(" trade")}
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return tuple(dict.fromkeys(names[m] for m in re.findall(rf"\b(?:{pattern})\b", step)))


def _groups(step: str, figures: Figures) -> tuple[str, ...]:
    names = {n.lower().replace("-", " "): n for e, n in figures.world.groups if e == 2025} | ALIASES
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return tuple(dict.fromkeys(names[m] for m in re.findall(rf"\b(?:{pattern})\b", step)))


def _number(step: str) -> int | None:
    found = re.search(rf"\b(\d+|{'|'.join(NUMBERS)})\b(?! ?(?:\d|editions))", step)
    if not found or (found.group(1).isdigit() and int(found.group(1)) > 100):
        return None
    return int(found.group(1)) if found.group(1).isdigit() else NUMBERS[found.group(1)]


def _order(step: str) -> str | None:
    for pattern, order in ((UP, "up"), (DOWN, "down"), (HIGH, "high"), (LOW, "low")):
        if re.search(pattern, step):
            return order
    return None


def _conditions(label: Label, step: str, figures: Figures) -> tuple[Condition, ...]:
    """The label's conditions on the indicators of a step, or the limit that the step itself names."""
    named = _indicators(step, figures)
    given = tuple(c for c in label.conditions if c.indicator in named)
    limit = re.search(r"(\d+(?:\.\d+)?)", step)
    for words, op in () if given or not limit or len(named) != 1 else OPS:
        if re.search(rf"\b{words}\b", step):
            return (Condition(named[0], op, float(limit.group(1))),)
    return given


def _chosen(start: Label, step: str, figures: Figures) -> frozenset[str]:
    """The countries that the first step leaves, those tied at the cut included."""
    order, groups = _order(step), _groups(step, figures)
    if not start.indicators or start.countries or "each region" in step:
        return frozenset()
    when = start.editions
    members = figures.members(groups, edition=when[-1])
    if re.search(r"\b(?:region|continent)\b", step):
        by = replace(start, by="continent" if "continent" in step else "region", groups=groups)
        sorts = many_places.compared_groups(by, figures, when[-1])
        means = {g: figures.stat(figures.members((g,), edition=when[-1]), start.indicators[0], when) for g in sorts[0]}
        first = figures.tiers(means, order in ("high", "up"))[0]
        return figures.members((min(first),), edition=when[-1]) if order and len(first) == 1 else frozenset()
    if order is None:
        conditions = _conditions(start, step, figures)
        return frozenset(c for c in members if conditions and all(figures.meets(c, one, when) for one in conditions))
    if not all(figures.has(i, when) for i in start.indicators) or (len(when) == 2) != (order in ("up", "down")):
        return frozenset()
    tiers = figures.tiers({c: figures.value(c, start.indicators[0], when) for c in members}, order in ("high", "up"))
    return frozenset().union(*tiers[: named_places.cut_of(Label("", "", "", n=start.n or 1), tiers)["least"]])


def _asked(label: Label, step: str, chosen: tuple[str, ...], before: tuple[str, ...], figures: Figures) -> list[Option]:
    """The second step, as a question of its own kind about the chosen countries."""
    editions = tuple(int(y) for y in re.findall(r"\b20\d\d\b", step))
    ask = Label("", "", "", countries=chosen, indicators=_indicators(step, figures) or before, editions=editions)
    ask = replace(ask, order=_order(step), groups=_groups(step, figures), n=_number(re.sub(r"20\d\d", "", step)) or 1)
    for words, made in _SECOND:
        if re.search(words, step):
            return made(ask, step, label, figures)
    return _picked(ask, step, label, figures)


def _each(ask: Label) -> list[Label]:
    return [replace(ask, countries=(one,)) for one in ask.countries if len(ask.countries) <= TIED]


def _split(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    return []


def _counted(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    members = figures.members(ask.groups, any=True)
    outside = bool(re.search(r"\bnot\b|outside", step))
    inside = frozenset(c for c in ask.countries if (c not in members) == outside)
    found = [Fields("count", {"value": len(inside)}), Listed(("set", "ranking"), "countries", (inside,), 1, 1, None)]
    return found if ask.groups else []


def _markets(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    markets = replace(ask, indicators=("criminal_markets",))
    return [option for one in _each(markets) for option in named_places.of_indicator_set(one, figures)]


def _line(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    return named_places.of_trend(replace(ask, kind="trend", editions=(), groups=()), figures)


def _gap(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    return named_places.of_difference(replace(ask, order=None), figures)


def _mean(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    stat = "median" if "median" in step else "mean"
    return many_places.of_aggregate(replace(ask, stat=stat, order=None, groups=()), figures)


def _ordered(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    first = "low" if re.search(r"lowest (?:first|to)|ascending", step) else "high"
    inside = tuple(c for c in ask.countries if c in figures.members(ask.groups, any=True))
    return many_places.of_ranking(replace(ask, countries=inside, order=first, kind="ranking", n=None, groups=()), figures)


def _standing(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    return [option for one in _each(ask) for option in named_places.of_rank(one, figures)]


def _moved(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    return named_places.of_change(
        replace(ask, kind="change", editions=ask.editions or label.editions, order=None, groups=()), figures
    )


def _movers(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    moved = (Condition(ask.indicators[0], "<" if "fell" in step else ">", 0, True),)
    editions = label.editions if len(ask.editions) < 2 else ask.editions
    return many_places.of_set(replace(ask, conditions=moved, editions=editions, order=None, n=None, groups=()), figures)


def _picked(ask: Label, step: str, label: Label, figures: Figures) -> list[Option]:
    """Those that meet a condition, lie in a group or stand at one end; otherwise the scores of all."""
    inside = frozenset(ask.countries) & figures.members(ask.groups, any=True)
    conditions = _conditions(label, step, figures) if re.search(r"\d", step) else ()
    if ask.order is None and not conditions and ask.groups and not _indicators(step, figures):
        return [Listed(many_places.LISTS, "countries", (inside,), 1, 1, None)]
    ask = replace(ask, groups=())
    if ask.order is None and conditions:
        return many_places.of_set(replace(ask, conditions=conditions, n=None), figures)
    if ask.order in ("up", "down"):
        return many_places.of_set(replace(ask, editions=ask.editions or label.editions), figures)
    if ask.order and not re.search(r"score of each|compare", step):
        return many_places.of_set(ask, figures)
    return named_places.of_comparison(replace(ask, kind="comparison", order=None), figures)


_SECOND = (
    (r"by (?:continent|region)", _split),
    (r"\bcount\b|how many|\bshare\b|proportion", _counted),
    (r"(?:highest|lowest) criminal markets?\b", _markets),
    (r"over the editions|trend|story", _line),
    (r"difference", _gap),
    (r"\bmean\b|\bmedian\b|\baverage\b", _mean),
    (r"\border(?:ed)?\b|rank them|\bsort", _ordered),
    (r"\brank\b", _standing),
    (r"\bchange\b", _moved),
    (r"\b(?:fell|rose)\b", _movers),
)


def _of_market(label: Label, figures: Figures, second: str) -> list[Option]:
    """The country's highest market, then who leads a group in it, who is above the country, or where the country stands."""
    country, found = label.countries[0], []
    items = {i: figures.value(country, i, (2025,)) for i in FAMILY["criminal_markets"]}
    for market in sorted(figures.tiers(items, True)[0]):
        ask = Label("", "", "", groups=_groups(second, figures), indicators=(market,), n=1, order=_order(second))
        if "rank" in second:
            found += named_places.of_rank(replace(ask, countries=(country,)), figures)
        elif "higher" in second:
            found += many_places.of_set(replace(ask, order=None, n=None, conditions=(Condition(market, ">", country),)), figures)
        elif ask.order:
            found += many_places.of_set(ask, figures)
    return found
