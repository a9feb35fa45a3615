"""The server: what it says of itself, and its tools. Nothing that it offers writes anything."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import mcp_types as types
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError

from app.mcp.engine import Engine
from app.mcp.prompts import get_prompt, list_prompts
from app.mcp.resources import list_resources, list_templates, read_resource
from corpus.errors import OcqaError

if TYPE_CHECKING:
    from mcp.server.context import CallNext, HandlerResult, ServerRequestContext

_INSTRUCTIONS = """
Scores and country profiles of the Global Organized Crime Index (193 countries, editions 2021, 2023 and 2025). On criminality
a higher score is worse, on resilience it is better. Use rank, filter_countries, compare and get_scores for figures; they
take names or codes and answer compound questions in one call. Use ask for who, how, where and why, and search_passages to
read on. Every figure and quotation comes with its source: pass it on. Where answered is false, what is loaded does not say
it: tell the reader so, and why.
""".strip()
# Whole profiles are resources: they are too long for the answer of a tool.
_NO_TOOL = "profile"
_logger = logging.getLogger("ocqa")


def make_server(engine: Engine, version: str) -> Server[Any]:
    """A server whose tools are answered by the engine."""

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await _called(engine, params.name, params.arguments or {})

    async def on_resources(_: Any, params: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return await engine.run(lambda snapshot: list_resources(snapshot, params.cursor if params else None))

    async def on_read(_: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return await engine.run(lambda snapshot: read_resource(snapshot, str(params.uri)))

    async def on_prompt(_: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        return await engine.run(lambda snapshot: get_prompt(snapshot, params.name, params.arguments or {}))

    server: Server[Any] = Server(
        "ocqa",
        version=version,
        title="Organized crime profiles",
        description="Ask the Global Organized Crime Index: scores, ranks and quoted country profiles, each with its source.",
        instructions=_INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=call_tool,
        on_list_resources=on_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=on_read,
        on_list_prompts=list_prompts,
        on_get_prompt=on_prompt,
    )

    async def greeted(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        result = await call_next(ctx)
        if ctx.method in ("initialize", "server/discover"):
            # Not before: what is imported meanwhile would keep the greeting waiting.
            engine.warm_up()
        return result

    server.middleware.append(greeted)
    return server


async def _list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    from app.programs.operations import OPERATIONS

    reads = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=operation.name,
                title=operation.title,
                description=operation.purpose,
                input_schema=dict(operation.takes),
                output_schema=dict(operation.gives),
                annotations=reads,
            )
            for operation in OPERATIONS.values()
            if operation.name != _NO_TOOL
        ]
    )


async def _called(engine: Engine, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    from app.programs.operations import OPERATIONS

    if name not in OPERATIONS or name == _NO_TOOL:
        tools = ", ".join(n for n in OPERATIONS if n != _NO_TOOL)
        raise MCPError(types.INVALID_PARAMS, f"there is no tool {name!r}; the tools are {tools}")
    try:
        found = await engine.answer(name, arguments)
    except OcqaError as error:
        return _failed(f"{error.message}. To do: {error.hint}." if error.hint else error.message)
    except Exception as error:
        _logger.exception("%s failed", name)
        return _failed(f"{name} failed ({type(error).__name__}: {error}). This is a fault in the program; other calls may work.")
    text = types.TextContent(text=json.dumps(found, ensure_ascii=False, separators=(",", ":")))
    return types.CallToolResult(content=[text], structured_content=found)


def _failed(words: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=words)], is_error=True)
