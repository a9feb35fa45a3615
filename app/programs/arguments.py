"""What was sent, checked against the schema of a request: with defaults filled in, or an error that says what to send. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from app.programs.operations import OPERATIONS, Operation
from app.programs.rows import Json
from corpus.errors import QuestionError
from index.generations.snapshot import Snapshot
from index.language.phrases import joined


def answer_request(snapshot: Snapshot, name: str, sent: Mapping[str, Any]) -> Json:
    """The answer to a request. Raises QuestionError where its name or arguments are wrong."""
    operation = operation_of(name)
    found = operation.run(snapshot, checked(operation, sent))
    if snapshot.warning and snapshot.warning not in found.get("notes", [snapshot.warning]):
        found["notes"] = [snapshot.warning, *found["notes"]]
    return found


def operation_of(name: str) -> Operation:
    """The request with this name. Raises QuestionError if there is none."""
    if name not in OPERATIONS:
        raise QuestionError(f"there is no request {name!r}", f"send one of {joined(list(OPERATIONS), 'or')}")
    return OPERATIONS[name]


def checked(operation: Operation, sent: Mapping[str, Any]) -> Json:
    """The arguments with defaults filled in, nothing else changed. Raises QuestionError for the first that is wrong."""
    properties = operation.takes["properties"]
    # A field that is null was not sent.
    given = {name: value for name, value in sent.items() if value is not None}
    unknown = [name for name in given if name not in properties]
    if unknown:
        raise QuestionError(
            f"{operation.name} has no argument {joined([repr(n) for n in unknown], 'or')}",
            f"its arguments are {joined(list(properties))}",
        )
    for name in operation.takes["required"]:
        if name not in given:
            raise QuestionError(f"{operation.name} needs {name!r}", f"send {name}: {properties[name]['description']}")
    error = best_match(_validator(operation.name).iter_errors(given))
    if error is not None:
        raise QuestionError(_what(error), _hint(error, operation))
    defaults = {name: schema["default"] for name, schema in properties.items() if "default" in schema}
    return defaults | given


def from_text(operation: Operation, pairs: Sequence[tuple[str, str]]) -> Json:
    """Arguments sent as text, such as those of an address: lists are repeated or divided by commas.

    What cannot be read as the type that the schema asks for is left as text, so that `checked` says what is wrong.
    """
    found: Json = {}
    for name, value in pairs:
        schema = operation.takes["properties"].get(name, {})
        if schema.get("type") != "array":
            found[name] = _value(value, schema)
            continue
        found.setdefault(name, []).extend(_value(part.strip(), schema["items"]) for part in value.split(",") if part.strip())
    return found


def _value(text: str, schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        return text
    return {"true": True, "false": False}.get(text.casefold(), text) if kind == "boolean" else text


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(OPERATIONS[name].takes)


def _what(error: ValidationError) -> str:
    place = ".".join(str(part) for part in error.absolute_path)
    return f"{place}: {error.message}" if place else error.message


def _hint(error: ValidationError, operation: Operation) -> str:
    described = error.schema.get("description") if isinstance(error.schema, Mapping) else None
    return f"send {described}" if described else f"an example: {dict(operation.example)}"
