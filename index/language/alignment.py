"""What two sequences have in common, in order: the basis of every comparison of texts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item")


def aligned(
    before: Sequence[Item], after: Sequence[Item], key: Callable[[Item], Hashable]
) -> Iterable[tuple[bool, Sequence[Item], Sequence[Item]]]:
    """Runs in order, each as (whether the keys are equal, the items of `before`, the items of `after`)."""
    matcher = SequenceMatcher(None, [key(item) for item in before], [key(item) for item in after], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", before[a:b], after[c:d]
