"""Editions written in short, "'21 to '23", "21-23", "2023/25", put as whole years before the question is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TICK = "['’‘`]"
_COUNTED = r"(?! (?:countries|states|nations|members|points|places)\b)"
# "Between 21 and 23" may be about scores or ranks: words between two numbers join years only beside a tick or a whole year.
_SPAN = re.compile(
    rf"(?<![\w.,/'’-])({_TICK}?\d\d|20\d\d) ?([-–—/→]|->|to|till|until|and|vs\.?|n) ?({_TICK}?)(\d\d)(?![\w%/-]|[.,]\d){_COUNTED}"
)
_ALONE = re.compile(rf"(?<![\w'’]){_TICK}(\d\d)(?![\w%'’]|[.,]\d){_COUNTED}")


def years_in_full(text: str, editions: Sequence[int]) -> str:
    """The text with the years of editions in full. Other numbers stay as they are, so that they are never taken for years."""
    by_digits = {str(edition)[2:]: str(edition) for edition in editions}

    def span(match: re.Match[str]) -> str:
        first, joint, tick, last = match[1], match[2], match[3], match[4]
        short = first[-2:]
        sure = joint in "-–—/→->" or tick or len(first) > len(short)
        if short not in by_digits or last not in by_digits or short == last or not sure:
            return match[0]
        if len(first) == 4 and first != by_digits[short]:
            return match[0]
        between = f" {joint} " if joint.isalpha() else "-"
        return f"{by_digits[short]}{between}{by_digits[last]}"

    return _ALONE.sub(lambda m: by_digits.get(m[1], m[0]), _SPAN.sub(span, text))
