"""The results that the official workbook gives for the questions of the score sets, by code that shares nothing with the program.

- No edition named means the latest. "Since 2021" means from 2021 to the latest; a change "in 2023" means from the
  edition before it to 2023.
- Which country has the most or least of something: every country that shares the value. The first N: in the direction asked
  for, equal values by country code, and a tie at the cut is kept whole.
- More criminality, and more of its markets and actors, is worse; more resilience, and more of its twelve indicators, is
  better. Safest means least criminality. Highest, top, most and strongest mean the greater number, whatever it measures.
- Rank 1 is the highest score; equal scores share the best rank.
- "Between" includes both ends; "over", "above", "worse than" and "more than" do not include the limit.
- A question over several editions takes the groups of the last one.
- A country's highest or lowest indicators are taken from its markets, its actor types or its resilience indicators, with
  every tied one.

The notation: `cocaine_trade@2023` is a score (no year: the latest), `cocaine_trade@2021-2023` its change, `[Africa]` keeps
a group, `[Africa|Asia]` either of two, `-[European Union]` and `-BRA` leave out; a condition is a score, a sign and a
number, another score, a country (its score on the same), `mean` or `mean[Africa]`; `=4..5` means from 4 to 5; `any` and
`countany` keep the countries that meet one of the conditions.
"""

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from statistics import median

from workbook import EDITIONS, LATEST, Term, World, plain

Expect = dict[str, object]

SIGN = re.compile(r"(>=|<=|>|<|=)")
EITHER = re.compile(r"\[([^\]]+\|[^\]]+)\]")
TOKEN = re.compile(r"-?\[[^\]]+\]|[^\s\[]+(?:\[[^\]]+\])?")
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
FAMILIES: dict[str, tuple[str, ...]] = {
    "markets": (
        "human_trafficking",
        "human_smuggling",
        "extortion_and_protection_racketeering",
        "arms_trafficking",
        "trade_in_counterfeit_goods",
        "illicit_trade_in_excisable_goods",
        "flora_crimes",
        "fauna_crimes",
        "non_renewable_resource_crimes",
        "heroin_trade",
        "cocaine_trade",
        "cannabis_trade",
        "synthetic_drug_trade",
        "cyber_dependent_crimes",
        "financial_crimes",
    ),
    "actors": (
        "mafia_style_groups",
        "criminal_networks",
        "state_embedded_actors",
        "foreign_actors",
        "private_sector_actors",
    ),
    "resilience": (
        "political_leadership_and_governance",
        "government_transparency_and_accountability",
        "international_cooperation",
        "national_policies_and_laws",
        "judicial_system_and_detention",
        "law_enforcement",
        "territorial_integrity",
        "anti_money_laundering",
        "economic_regulatory_capacity",
        "victim_and_witness_support",
        "prevention",
        "non_state_actors",
    ),
}


def read_term(text: str) -> Term:
    """Read `cocaine_trade`, `cocaine_trade@2023` or `cocaine_trade@2021-2023`."""
    indicator, _, when = text.partition("@")
    start, _, edition = when.rpartition("-")
    return Term(indicator, int(edition or LATEST), int(start) if start else None)


def holds(world: World, country: str, condition: str, edition: int) -> bool:
    """Tell whether the country meets one condition."""
    left, sign, right = SIGN.split(condition, maxsplit=1)
    term = read_term(left)
    value = world.value(country, term)
    if ".." in right:
        low, high = (Decimal(part) for part in right.split(".."))
        return low <= value <= high
    if right.startswith("mean"):
        limit = world.mean(term, world.scope([right[4:]] if right[4:] else [], edition))
    elif re.fullmatch(r"[A-Z]{3}", right):
        limit = world.value(right, term)
    elif right[0].isalpha():
        limit = world.value(country, read_term(right))
    else:
        limit = Decimal(right)
    return COMPARE[sign](value, limit)


def matching(world: World, tokens: list[str]) -> tuple[list[str], set[int]]:
    """Return the countries of the scope that meet every condition, and the editions looked at."""
    conditions = [token for token in tokens if SIGN.search(token)]
    terms = [read_term(part) for one in conditions for part in SIGN.split(one)[::2] if re.match("[a-z]", part)]
    editions = {year for term in terms if term.indicator[:4] != "mean" for year in term.editions}
    scope = world.scope([token for token in tokens if token not in conditions], max(editions))
    return sorted(one for one in scope if all(holds(world, one, test, max(editions)) for test in conditions)), editions


def expect_set(world: World, tokens: list[str]) -> Expect:
    """Compute a filter's countries."""
    countries, editions = matching(world, tokens)
    return {"type": "set", "countries": countries} | ({"edition": editions.pop()} if len(editions) == 1 else {})


def expect_count(world: World, tokens: list[str]) -> Expect:
    """Compute how many countries a filter leaves."""
    return {"type": "count", "value": len(matching(world, tokens)[0])}


def expect_extreme(world: World, tokens: list[str], highest: bool) -> Expect:
    """Compute the countries that share the highest or the lowest value."""
    term = read_term(tokens[0])
    values = {one: world.value(one, term) for one in world.scope(tokens[1:], term.edition)}
    limit = max(values.values()) if highest else min(values.values())
    countries = sorted(one for one, value in values.items() if value == limit)
    return {"type": "set", "countries": countries} | ({"edition": term.edition} if term.start is None else {})


def when_of(term: Term) -> Expect:
    """Return the fields that say when."""
    return {"edition": term.edition} if term.start is None else {"from": term.start, "to": term.edition}


def expect_ranking(world: World, tokens: list[str], highest: bool) -> Expect:
    """Compute the first countries in the asked direction; a tie at the cut is kept whole."""
    term, scope = read_term(tokens[1]), tokens[2:]
    values = {one: world.value(one, term) for one in world.scope(scope, term.edition)}
    ordered = sorted(values, key=lambda one: (-values[one] if highest else values[one], one))
    if tokens[0] != "all":
        cut = values[ordered[int(tokens[0]) - 1]]
        ordered = [one for one in ordered if (values[one] >= cut if highest else values[one] <= cut)]
    within = scope[0].strip("[]") if len(scope) == 1 else None
    shown = {"type": "ranking", "countries": ordered, "values": [plain(values[one]) for one in ordered]}
    named = {"within": within or "world"} if within or not scope else {}
    return shown | {"indicator": term.indicator} | when_of(term) | named


def expect_value(world: World, tokens: list[str]) -> Expect:
    """Compute one country's score."""
    country, term = tokens[0], read_term(tokens[1])
    value = plain(world.value(country, term))
    return {"type": "value", "country": country, "indicator": term.indicator, "edition": term.edition, "value": value}


def expect_rank(world: World, tokens: list[str]) -> Expect:
    """Compute one country's competition rank in the world or a group."""
    country, term, scope = tokens[0], read_term(tokens[1]), tokens[2:]
    members = world.scope(scope, term.edition)
    rank = 1 + sum(world.value(one, term) > world.value(country, term) for one in members)
    within = scope[0].strip("[]") if scope else "world"
    return expect_value(world, tokens[:2]) | {"type": "rank", "rank": rank, "of": len(members), "within": within}


def expect_change(world: World, tokens: list[str]) -> Expect:
    """Compute one country's change between two editions."""
    term = read_term(tokens[1])
    value = plain(world.value(tokens[0], term))
    return {"type": "change", "country": tokens[0], "indicator": term.indicator} | when_of(term) | {"value": value}


def expect_comparison(world: World, tokens: list[str]) -> Expect:
    """Compute which of the named countries has the higher score."""
    countries, term = tokens[0].split(","), read_term(tokens[1])
    values = {one: world.value(one, term) for one in countries}
    first = [one for one in countries if values[one] == max(values.values())]
    shown = {"type": "comparison", "countries": countries, "values": [plain(values[one]) for one in countries]}
    return shown | {"indicator": term.indicator} | when_of(term) | {"higher": first[0] if len(first) == 1 else None}


def expect_aggregate(world: World, tokens: list[str]) -> Expect:
    """Compute the mean, median, highest or lowest score of the world or a group."""
    stat, term, scope = tokens[0], read_term(tokens[1]), tokens[2:]
    members = world.scope(scope, term.edition)
    values = [world.value(one, term) for one in members]
    result = {"mean": world.mean(term, members), "median": median(values), "min": min(values), "max": max(values)}[stat]
    shown = {"type": "aggregate", "group": scope[0].strip("[]") if scope else "world", "indicator": term.indicator}
    return shown | when_of(term) | {"stat": stat, "value": plain(result)}


def expect_indicators(world: World, tokens: list[str]) -> Expect:
    """Compute a country's highest or lowest indicators of one family, or those past a limit."""
    country, edition, family, wanted = tokens[0], int(tokens[1]), FAMILIES[tokens[2]], tokens[3]
    values = {one: world.values[edition, country, one] for one in family if (edition, country, one) in world.values}
    if SIGN.match(wanted):
        sign, limit = SIGN.split(wanted)[1:]
        chosen = [one for one in values if COMPARE[sign](values[one], Decimal(limit))]
    else:
        ordered = sorted(values.values(), reverse=wanted == "top")
        cut = ordered[int(tokens[4]) - 1]
        chosen = [one for one in values if (values[one] >= cut if wanted == "top" else values[one] <= cut)]
    return {"type": "indicator_set", "country": country, "edition": edition, "indicators": sorted(chosen)}


def expect_any(world: World, tokens: list[str]) -> Expect:
    """Compute the countries that meet at least one condition."""
    conditions = [token for token in tokens if SIGN.search(token)]
    scope = [token for token in tokens if token not in conditions]
    found: set[str] = set()
    editions: set[int] = set()
    for one in conditions:
        countries, years = matching(world, [one, *scope])
        found.update(countries)
        editions |= years
    return {"type": "set", "countries": sorted(found)} | ({"edition": editions.pop()} if len(editions) == 1 else {})


def expect_count_any(world: World, tokens: list[str]) -> Expect:
    """Count the countries that meet at least one condition."""
    countries = expect_any(world, tokens)["countries"]
    assert isinstance(countries, list)
    return {"type": "count", "value": len(countries)}


def expect(world: World, notation: str) -> Expect:
    """The expected result of one question."""
    for name in EITHER.findall(notation):
        for edition in EDITIONS:
            parts = [world.groups[edition, part] for part in name.split("|")]
            world.groups[edition, name] = frozenset().union(*parts)
    shape, *tokens = TOKEN.findall(notation)
    result = SHAPES[shape](world, tokens)
    return {
        key: value for key, value in result.items() if not (key == "within" and ("|" in str(value) or str(value).startswith("-")))
    }


SHAPES: dict[str, Callable[[World, list[str]], Expect]] = {
    "value": expect_value,
    "rank": expect_rank,
    "set": expect_set,
    "max": lambda world, tokens: expect_extreme(world, tokens, highest=True),
    "min": lambda world, tokens: expect_extreme(world, tokens, highest=False),
    "top": lambda world, tokens: expect_ranking(world, tokens, highest=True),
    "bottom": lambda world, tokens: expect_ranking(world, tokens, highest=False),
    "count": expect_count,
    "any": expect_any,
    "countany": expect_count_any,
    "compare": expect_comparison,
    "change": expect_change,
    "aggregate": expect_aggregate,
    "indicators": expect_indicators,
    "definition": lambda world, tokens: {"type": "definition", "indicator": tokens[0]},
    "unavailable": lambda world, tokens: {"type": "unavailable"},
}
