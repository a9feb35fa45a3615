"""Write the score question sets of `tests/data` from the text files here, with the results that the official workbook gives.

    python tests/questions/score_sets/make.py --workbook global_oc_index.xlsx

A text file has sections headed `== kind`; in each, a line of notation (see `reckon`) is followed by its question. The first
set is split at random within each kind: three quarters for development, one quarter held back, which nobody looked at while
the program was written. The other sets have other authors: the second is worded freely, the rest plainly.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from reckon import Expect, expect
from workbook import DATA, World, read_world

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "data"
SEED = 20251110
Line = dict[str, object]


def read_set(name: str, letter: str, world: World) -> list[Line]:
    """Every question of a text file with its expected result."""
    lines: list[Line] = []
    kind, notation = "", ""
    for row in (row.strip() for row in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()):
        if row.startswith("== "):
            kind = row[3:]
        elif not notation:
            notation = row
        else:
            result: Expect = expect(world, notation)
            lines.append({"id": f"{letter}{len(lines) + 1:03d}", "question": row, "kind": kind, "expect": result})
            notation = ""
    return lines


def held_back(lines: list[Line]) -> set[object]:
    """The ids of one quarter of every kind, the same on every run."""
    chosen: set[object] = set()
    for kind in dict.fromkeys(line["kind"] for line in lines):
        ids = [line["id"] for line in lines if line["kind"] == kind]
        chosen.update(random.Random(f"{SEED} {kind}").sample(ids, round(len(ids) / 4)))
    return chosen


def write_set(name: str, lines: list[Line]) -> None:
    """Write one file of JSON Lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (OUTPUT / f"scores_{name}.jsonl").write_text(text, encoding="utf-8")


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description="Write the score question sets with the results the workbook gives.")
    parser.add_argument("--workbook", type=Path, required=True, metavar="FILE")
    world = read_world(parser.parse_args().workbook, DATA)
    first = read_set("first", "F", world)
    back = held_back(first)
    write_set("first_dev", [line for line in first if line["id"] not in back])
    write_set("first_held_back", [line for line in first if line["id"] in back])
    for name, letter in (("second", "G"), ("third", "H"), ("fourth", "K"), ("fifth", "L"), ("sixth", "M")):
        write_set(name, read_set(name, letter, world))


if __name__ == "__main__":
    main()
