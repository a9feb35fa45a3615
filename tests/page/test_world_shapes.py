"""The shipped shapes of countries are those that the script makes."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

from app.content.world_shapes import world

PROJECT = Path(__file__).resolve().parents[2]
SHIPPED = PROJECT / "app" / "data" / "world.json"


def test_the_shipped_shapes_are_what_the_script_makes() -> None:
    maker = runpy.run_path(str(PROJECT / "tests" / "fitting" / "make_world_shapes.py"))
    made = maker["simplified"]()
    assert maker["as_text"](made) == SHIPPED.read_text(encoding="utf-8")
    assert made == world()


def test_the_shipped_shapes_name_their_source_and_terms() -> None:
    about = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert "Natural Earth" in about["source"] and about["license"] == "public domain"
