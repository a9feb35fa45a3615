"""Every request with its purpose, the schemas of what it takes and gives, and an example: the one table that all doors read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.programs import schemas as s
from app.programs.asked import Arguments
from app.programs.compare_request import compare
from app.programs.filter_request import filter_countries
from app.programs.rank_request import rank
from app.programs.reference_requests import define, list_coverage, profile
from app.programs.rows import Json
from app.programs.score_request import get_scores
from app.programs.text_requests import ask_question, country_overview, search_passages
from index.generations.snapshot import Snapshot
from index.questions.question import LONGEST_QUESTION
from index.scores.query import Op


@dataclass(frozen=True)
class Operation:
    """A request: `takes` and `gives` are JSON Schemas of objects, `run` answers with arguments that were checked."""

    name: str
    takes: Mapping[str, Any]
    gives: Mapping[str, Any]
    example: Mapping[str, Any]
    run: Callable[[Snapshot, Arguments], Json]

    @property
    def title(self) -> str:
        """What it does, in a few words."""
        return _described()[self.name]["title"]

    @property
    def purpose(self) -> str:
        """What it is for and how to use it, for people and for programs that choose a request."""
        return _described()[self.name]["purpose"]


@cache
def _described() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("app").joinpath("data", "requests.toml").read_text(encoding="utf-8"))


_OPERATORS = (Op.AT_LEAST, Op.ABOVE, Op.AT_MOST, Op.BELOW, Op.EQUAL)
_CONDITION = s.record(
    # And exactly one of value, country, group and other_indicator.
    ("indicator", "op"),
    indicator=s.INDICATOR,
    op={"type": "string", "enum": [op.value for op in _OPERATORS], "description": "how the two sides are compared"},
    value={"type": "number", "description": "the right-hand side as a number: a score, or points of change with `since`"},
    country=s.text("the right-hand side as the same figure of this country"),
    group=s.text("the right-hand side as the mean of the same figure over this group; world for all countries"),
    other_indicator=s.text("the right-hand side as another score of the same country"),
    plus={"type": "number", "description": "points added to the right-hand side", "default": 0},
    edition=s.EDITION,
    since=s.SINCE,
)
_PASSAGES = s.whole("the most passages to give", minimum=0, maximum=50, default=10)
_OVERVIEW_PASSAGES = s.whole("the most passages to give", minimum=0, maximum=50, default=4)

OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation(
            "ask",
            s.record(
                ("question",),
                question={"type": "string", "description": "the whole question, with country and edition if they matter"},
                passages=_PASSAGES,
                fields=s.several(s.text("name of a field"), "only these fields of the answer object, to keep it small"),
                id=s.text("an id that is carried over into the answer"),
            ),
            s.ANSWER_OBJECT,
            {"question": "who controls illegal gold mining in Peru"},
            ask_question,
        ),
        Operation(
            "get_scores",
            s.record(
                countries=s.COUNTRIES,
                groups=s.GROUPS,
                indicators=s.INDICATORS,
                editions=s.EDITIONS,
                with_parts={"type": "boolean", "default": False, "description": "also the indicators that averages are made of"},
                order=s.choice("by country, indicator and edition, or by value", "as sent", "highest", "lowest"),
                limit=s.limit(50, 1000),
                offset=s.OFFSET,
            ),
            s.answer_of(s.SCORE_ROW, "missing", missing=s.MISSING),
            {"countries": ["PER", "COL"], "indicators": ["cocaine_trade"], "editions": [2021, 2023, 2025]},
            get_scores,
        ),
        Operation(
            "rank",
            s.record(
                ("indicator",),
                indicator=s.INDICATOR,
                edition=s.EDITION,
                since=s.SINCE,
                group=s.GROUP,
                order=s.choice("which end comes first", "highest", "lowest"),
                countries=s.several(s.COUNTRY, "only the rows of these countries, ranked among all of the group"),
                limit=s.limit(10, 200),
                offset=s.OFFSET,
            ),
            s.answer_of(s.RANK_ROW, "within", within={"type": "string", "description": "the group ranked"}),
            {"indicator": "resilience", "group": "South America", "edition": 2025, "order": "lowest", "limit": 5},
            rank,
        ),
        Operation(
            "filter_countries",
            s.record(
                ("conditions",),
                conditions=s.several(_CONDITION, "the conditions", most=10),
                match=s.choice("whether all conditions must be met, or any one", "all", "any"),
                countries=s.several(s.COUNTRY, "only these countries"),
                groups=s.several(s.GROUP, "a country must be in every one of these groups"),
                without_groups=s.several(s.GROUP, "groups whose countries are left out"),
                without_countries=s.several(s.COUNTRY, "countries that are left out"),
                edition=s.EDITION,
                order=s.choice("the order by the figure of the first condition", "highest", "lowest"),
                limit=s.limit(50, 200),
                offset=s.OFFSET,
            ),
            s.answer_of(s.COUNTRY_ROW, "read_as", read_as={"type": "string", "description": "the filter in words"}),
            {
                "groups": ["OECD"],
                "conditions": [
                    {"indicator": "criminality", "op": ">=", "value": 0.2, "since": 2021, "edition": 2023},
                    {"indicator": "resilience", "op": "<", "value": -0.3, "since": 2021, "edition": 2023},
                ],
            },
            filter_countries,
        ),
        Operation(
            "compare",
            s.record(countries=s.COUNTRIES, groups=s.GROUPS, indicators=s.INDICATORS, edition=s.EDITION, since=s.SINCE),
            s.record(
                ("answered", "answer", "reason", "rows", "highest", "missing", "notes", "generation"),
                answered=s.ANSWERED,
                answer=s.ANSWER,
                reason=s.REASON,
                rows={"type": "array", "items": s.SIDE_ROW},
                highest=s.HIGHEST,
                missing=s.MISSING,
                scales=s.SCALES,
                notes=s.NOTES,
                generation=s.GENERATION,
            ),
            {"countries": ["PER", "COL"], "groups": ["South America"], "indicators": ["criminality"], "edition": 2025},
            compare,
        ),
        Operation(
            "country_overview",
            s.record(
                ("country",),
                country=s.COUNTRY,
                topic=s.text("an indicator to brief on, as id or name"),
                edition=s.EDITION,
                passages=_OVERVIEW_PASSAGES,
            ),
            s.ANSWER_OBJECT,
            {"country": "PER", "edition": 2021},
            country_overview,
        ),
        Operation(
            "search_passages",
            s.record(
                ("query",),
                query=s.text("what to look for, in words or as a question", maxLength=LONGEST_QUESTION),
                countries=s.COUNTRIES,
                editions=s.EDITIONS,
                sections=s.several(s.text("section"), "sections of the profiles: People, Environment, Drugs, Criminal Actors, …"),
                limit=s.limit(5, 50),
                offset=s.OFFSET,
            ),
            s.answer_of(s.PASSAGE_ROW),
            {"query": "gold mining and mercury", "countries": ["PER"], "limit": 3},
            search_passages,
        ),
        Operation(
            "define",
            s.record(("indicator",), indicator=s.INDICATOR),
            {
                "type": "object",
                "properties": {
                    "indicator": {"type": "string"},
                    "name": {"type": "string"},
                    "definition": {"type": "string"},
                    "scale": {"type": "string"},
                    "part_of": {"type": ["string", "null"]},
                    "parts": {"type": "array", "items": {"type": "string"}},
                    "sections": {"type": "array", "items": {"type": "string"}},
                    "since": {"type": "integer"},
                    "editions_loaded": {"type": "array", "items": {"type": "integer"}},
                    "source": {"type": "string"},
                    "generation": s.GENERATION,
                },
                "required": ["indicator", "name", "definition", "scale", "source"],
            },
            {"indicator": "flora_crimes"},
            define,
        ),
        Operation(
            "list_coverage",
            s.record(
                of=s.choice("what to list", "summary", "countries", "texts", "indicators", "groups"),
                limit=s.limit(100, 300),
                offset=s.OFFSET,
            ),
            {
                "type": "object",
                "properties": {
                    "of": {"type": "string"},
                    "rows": {"type": "array", "items": {"type": "object"}},
                    "total": {"type": "integer"},
                    "offset": {"type": "integer"},
                    "next_offset": {"type": ["integer", "null"]},
                    "sections": {"type": "array", "items": {"type": "string"}},
                    "built": {"type": "string"},
                    "problems": {"type": "integer"},
                    "warning": {"type": "string"},
                    "generation": s.GENERATION,
                },
                "required": ["of", "rows", "total", "generation"],
            },
            {"of": "texts"},
            list_coverage,
        ),
        Operation(
            "profile",
            s.record(("country",), country=s.COUNTRY, edition=s.EDITION),
            {"type": "object", "properties": {"answered": s.ANSWERED, "generation": s.GENERATION}, "required": ["answered"]},
            {"country": "PER", "edition": 2021},
            profile,
        ),
    )
}
