"""The OpenAPI document of the service, from the schemas of its requests. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.http.addresses import ADDRESSES, HEALTH, Address
from app.programs.operations import OPERATIONS, Operation

_ERROR = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "hint": {"type": "string"}, "status": {"type": "integer"}},
    "required": ["error", "hint", "status"],
}
_ERRORS = {
    "400": "an argument is wrong; hint says what to send",
    "401": "a token is needed",
    "413": "the request is too large",
    "429": "too many requests; Retry-After says when to come again",
    "503": "no index can be opened, or too many requests wait; Retry-After says when to come again",
}


def openapi_document(version: str) -> dict[str, Any]:
    """The document, version 3.1, whose schemas are JSON Schema as they stand."""
    paths: dict[str, Any] = {}
    for address in ADDRESSES:
        operation = OPERATIONS[address.operation]
        paths[address.path] = ({} if address.sent else {"get": _get(address, operation)}) | {"post": _post(address, operation)}
    paths[HEALTH] = {
        "get": {
            "operationId": "health",
            "summary": "Whether questions can be answered, and by which build",
            "responses": {"200": _response("ready", {"type": "object"}), "503": _response("no index", {"type": "object"})},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ocqa",
            "version": version,
            "description": "Scores, ranks and quoted profiles of the Global Organized Crime Index. A GET answer has an ETag that "
            "changes with the build of the index.",
        },
        "paths": paths,
        "components": {
            "schemas": {"Error": _ERROR},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"bearer": []}],
    }


def _get(address: Address, operation: Operation) -> dict[str, Any]:
    inside = set(re.findall(r"\{(\w+)\}", address.path))
    properties: Mapping[str, Any] = operation.takes["properties"]
    required = {*inside, *operation.takes["required"]}
    parameters = [
        {
            "name": name,
            "in": "path" if name in inside else "query",
            "required": name in required,
            "description": schema.get("description", ""),
            "schema": {k: v for k, v in schema.items() if k != "description"},
            **({"style": "form", "explode": False} if schema.get("type") == "array" else {}),
        }
        for name, schema in properties.items()
        if name in inside or "{" + name + "}" not in address.path
    ]
    return _operation(f"{operation.name}{_suffix(address)}", operation) | {"parameters": parameters}


def _post(address: Address, operation: Operation) -> dict[str, Any]:
    inside = re.findall(r"\{(\w+)\}", address.path)
    body: dict[str, Any] = {**operation.takes, "required": [r for r in operation.takes["required"] if r not in inside]}
    if operation.name == "ask":
        item = operation.takes
        several = {"type": "object", "properties": {"questions": {"type": "array", "items": item}}, "required": ["questions"]}
        body = {"oneOf": [item, several]}
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in inside]
    example = {name: value for name, value in operation.example.items() if name not in inside}
    content = {"application/json": {"schema": body, "example": example}}
    return _operation(f"{operation.name}{_suffix(address)}_post", operation) | {
        "parameters": parameters,
        "requestBody": {"required": True, "content": content},
    }


def _operation(name: str, operation: Operation) -> dict[str, Any]:
    refusals = {status: _response(words, {"$ref": "#/components/schemas/Error"}) for status, words in _ERRORS.items()}
    return {
        "operationId": name,
        "summary": operation.title,
        "description": operation.purpose,
        "responses": {"200": _response("the answer", dict(operation.gives)), **refusals},
    }


def _suffix(address: Address) -> str:
    return "_of_edition" if address.path.endswith("{edition}") else ""


def _response(words: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": dict(schema)}}}
