"""The JSON Schemas of what requests take and give. Descriptions are read by people and by programs that choose a request."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def text(purpose: str, **more: Any) -> Schema:
    """A string."""
    return {"type": "string", "minLength": 1, "maxLength": 200, "description": purpose, **more}


def whole(purpose: str, **more: Any) -> Schema:
    """A whole number."""
    return {"type": "integer", "description": purpose, **more}


def several(items: Schema, purpose: str, most: int = 200) -> Schema:
    """A list of one to `most` values."""
    return {"type": "array", "items": items, "minItems": 1, "maxItems": most, "description": purpose}


def choice(purpose: str, *values: str) -> Schema:
    """One of these strings; the first is the default."""
    return {"type": "string", "enum": list(values), "default": values[0], "description": purpose}


def record(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object."""
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def opened(schema: Schema) -> Schema:
    """The same object with room for more fields than are listed."""
    return {**schema, "additionalProperties": True}


COUNTRY = text("ISO 3166-1 alpha-3 code (PER) or English name, usual aliases included (Peru, UK, Ivory Coast)")
COUNTRIES = several(COUNTRY, "countries, as ISO 3166-1 alpha-3 codes or English names")
INDICATOR = text("indicator: id (cocaine_trade), name or everyday word for it; criminality and resilience are the overall scores")
INDICATORS = several(INDICATOR, "indicators, as ids or names")
GROUP = text(
    "continent, region, membership or area (Africa, South America, OECD, Sahel), or world; list_coverage of groups lists them"
)
GROUPS = several(GROUP, "groups: continents, regions, memberships or areas; list_coverage of groups lists them")
EDITION = whole("edition of the Index, such as 2025; without it, the latest that has what is asked for")
EDITIONS = several(whole("edition"), "editions of the Index, such as [2021, 2023, 2025]")
SINCE = whole("an earlier edition: then the change from it to `edition` is meant, later minus earlier, instead of the score")
OFFSET = whole("how many rows to skip: the next_offset of the answer before", minimum=0, default=0)


def limit(default: int, most: int) -> Schema:
    """How many rows to give at most."""
    return whole("the most rows to give", minimum=1, maximum=most, default=default)


_STRING, _NUMBER, _WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
_MAYBE_WHOLE = {"type": ["integer", "null"]}
NOTES = {"type": "array", "items": _STRING, "description": "what the reader must know: editions chosen, comparability, gaps"}
GENERATION = {"type": "string", "description": "the build of the index that answered"}
ANSWERED = {"type": "boolean", "description": "false where there is nothing to give; answer and reason say why"}
REASON = {"type": ["string", "null"], "description": "why there is nothing to give, as one of a fixed set of phrases"}
ANSWER = {"type": "string", "description": "the result as a sentence that can be quoted"}
SCALES = {
    "type": "array",
    "items": record(("indicator", "name", "scale"), indicator=_STRING, name=_STRING, scale=_STRING),
    "description": "which end of each scale is worse: high is worse for criminality, better for resilience",
}
FIGURE = {
    "type": "object",
    "description": "a score (edition, value, source), or a change (from, to, values, change, sources); like_for_like is the "
    "change over the indicators that both editions measured, where an average gained some; stat is set for the mean of a group",
    "properties": {
        "indicator": _STRING,
        "edition": _WHOLE,
        "value": _NUMBER,
        "source": _STRING,
        "from": _WHOLE,
        "to": _WHOLE,
        "values": {"type": "array", "items": _NUMBER},
        "change": _NUMBER,
        "like_for_like": {"type": ["number", "null"]},
        "sources": {"type": "array", "items": _STRING},
        "stat": _STRING,
    },
    "required": ["indicator"],
    "additionalProperties": False,
}
FIGURES = {"type": "array", "items": FIGURE}


def answer_of(row: Schema, *extra: str, **properties: Schema) -> Schema:
    """What a request for rows gives: the rows of one page, where to go on, and what must be known to use them."""
    fields: dict[str, Schema] = {
        "answered": ANSWERED,
        "answer": ANSWER,
        "reason": REASON,
        "rows": {"type": "array", "items": row},
        "total": {"type": "integer", "description": "how many rows there are in all"},
        "offset": _WHOLE,
        "next_offset": {**_MAYBE_WHOLE, "description": "send this as offset to go on; null at the end"},
        "scales": SCALES,
        "notes": NOTES,
        "generation": GENERATION,
        **properties,
    }
    return record(("answered", "answer", "reason", "rows", "notes", "generation", *extra), **fields)


MISSING = {
    "type": "array",
    "items": record(
        ("indicator", "edition", "why", "countries", "count"),
        indicator=_STRING,
        edition=_WHOLE,
        why=_STRING,
        countries={"type": "array", "items": _STRING},
        count=_WHOLE,
    ),
    "description": "what was asked for and is not there, with the reason; countries lists the first that lack it, none if all do",
}
SCORE_ROW = record(
    ("country", "name", "indicator", "edition", "value", "source"),
    country=_STRING, name=_STRING, indicator=_STRING, edition=_WHOLE, value=_NUMBER, source=_STRING,
)  # fmt: skip
RANK_ROW = record(
    ("country", "name", "rank", "of", "sharing", "figures"),
    country=_STRING, name=_STRING, rank={"type": "integer", "description": "1 is the highest figure; ties share a rank"},
    of=_WHOLE, sharing={"type": "integer", "description": "how many countries hold this rank; above 1 it is a tie"},
    place={"type": "integer", "description": "1 for the country that comes first in the order asked for"},
    figures=FIGURES,
)  # fmt: skip
COUNTRY_ROW = record(("country", "name", "figures"), country=_STRING, name=_STRING, figures=FIGURES)
SIDE_ROW = {
    "type": "object",
    "description": "a country (country, name), or a group (group, countries: how many its mean is over)",
    "properties": {"country": _STRING, "name": _STRING, "group": _STRING, "countries": _WHOLE, "figures": FIGURES},
    "required": ["figures"],
    "additionalProperties": False,
}
HIGHEST = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "indicator": _STRING,
            "who": {"type": "array", "items": _STRING},
            "figure": {"type": ["number", "null"]},
        },
    },
    "description": "for each indicator who has the highest figure; several where they tie",
}
PASSAGE_ROW = {
    "type": "object",
    "description": "a paragraph of a profile or a definition, with its address; relevance in score only orders passages",
    "properties": {
        "id": _STRING,
        "kind": _STRING,
        "country": {"type": ["string", "null"]},
        "edition": _MAYBE_WHOLE,
        "section": {"type": ["string", "null"]},
        "paragraph": _MAYBE_WHOLE,
        "text": _STRING,
        "score": _NUMBER,
        "source": _STRING,
    },
    "required": ["id", "text", "source"],
}
ANSWER_OBJECT = {
    "type": "object",
    "description": "the answer object: what was understood, whether it is answered, how sure, the answer, the typed result, the "
    "scores and passages behind it with their sources, and notes",
    "properties": {
        "version": _WHOLE,
        "id": _STRING,
        "question": _STRING,
        "understood": {"type": "object"},
        "answered": ANSWERED,
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "answer": ANSWER,
        "result": {"type": ["object", "null"]},
        "facts": {"type": "array", "items": {"type": "object"}},
        "passages": {"type": "array", "items": PASSAGE_ROW},
        "notes": NOTES,
        "query": {"type": ["object", "null"]},
        "alternatives": {"type": "array", "items": _STRING},
        "generation": GENERATION,
    },
}
