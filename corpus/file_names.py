"""What the name of a saved file says of its page: country and edition, if nothing else could be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from corpus.naming import fold
from corpus.taxonomy import Taxonomy

# Words that people and browsers put into the names of saved pages and that name nothing.
_NOISE = frozenset(
    (
        "the of and a an in on for at to by my with as org com www http https net ocindex oc goci index global organized "
        "organised organizedcrime crime crimes criminality resilience score scores profile profiles country countries "
        "page pages web website site webpage report summary text txt html htm xhtml mht mhtml pdf print printed printout "
        "save saved saving copy copies copied kopie copia copie kopia duplicate download downloaded downloads final "
        "version ver v old latest edition editions year en eng english full complete only part section sections analysis "
        "enact gi toc gitoc initiative draft data source file files doc original export no nr number"
    ).split()
)
_CUT = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-_. ]\d\d?[-_. ]\d\d?|\d\d?[-_. ]\d\d?[-_. ](?:19|20)\d\d|20\d\d[01]\d[0-3]\d)(?!\d)"
    r"|(?<!\d)\d\d?[h.:]\d\d(?:[m.:]\d\d)?(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class FileName:
    """What a name says. `countries` has one code if it names a country, several if it may be any of them, else none.

    `edition` is None unless exactly one year stands in the name, dates aside. `plain` is False if there are words that mean
    something else: such a name does not name a page.
    """

    countries: tuple[str, ...]
    edition: int | None
    plain: bool

    @property
    def country(self) -> str | None:
        """The country, if the name can mean nothing else."""
        return self.countries[0] if self.plain and len(self.countries) == 1 else None


def read_file_name(name: str, taxonomy: Taxonomy) -> FileName:
    """What a file's name says; folders and extension do not count."""
    return read_words(PurePosixPath(name).stem, taxonomy)


def read_words(text: str, taxonomy: Taxonomy) -> FileName:
    """What a few words that should name a page say, such as "Peru 2023 (1)"."""
    words = re.findall(r"[^\W_]+", _CUT.sub(" ", re.sub("['’‘`´ʼ]", "", _DATE.sub(" ", unquote(text)))))
    years = {int(word) for word in words if _YEAR.fullmatch(word)}
    words = [word for word in words if not word.isdecimal()]
    names = _squeezed_names(taxonomy)
    found: list[tuple[str, ...]] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        length, codes = _longest(words, at, names, taxonomy)
        if length:
            found.append(codes)
        elif fold(words[at]) not in _NOISE:
            rest.append(words[at])
        at += length or 1
    if not found and len(rest) == 1 and rest[0].upper() in taxonomy.countries:
        found, rest = [(rest[0].upper(),)], []
    countries = tuple(dict.fromkeys(code for codes in found for code in codes))
    return FileName(countries, years.pop() if len(years) == 1 else None, not rest)


def _longest(words: list[str], at: int, names: dict[str, tuple[str, ...]], taxonomy: Taxonomy) -> tuple[int, tuple[str, ...]]:
    """How many words from here on are a name, and the countries it may stand for."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        codes = names.get(fold("".join(words[at : at + length])).replace(" ", ""))
        if codes is not None:
            return length, codes
    word, traps = words[at], taxonomy.traps
    if word in traps.capitals_only:
        return 1, (traps.capitals_only[word],)
    if word in traps.lower_case_codes or (word in taxonomy.countries and word not in traps.codes_left_out):
        return 1, (word.upper(),)
    return 0, ()


@lru_cache(maxsize=1)
def _squeezed_names(taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Every name without its spaces; those that stand for several countries have all of them, other places none."""
    names: dict[str, tuple[str, ...]] = {}
    for label in taxonomy.country_labels():
        code = taxonomy.country_of_label(label)
        assert code is not None
        names[label.replace(" ", "")] = (code,)
    for shared in taxonomy.traps.shared:
        names.setdefault(fold(shared.name).replace(" ", ""), (shared.iso3,))
    for name, codes in (*taxonomy.traps.ambiguous, *taxonomy.traps.together):
        names.setdefault(fold(name).replace(" ", ""), codes)
    return names
