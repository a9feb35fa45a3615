"""Citations of the sources of an answer, as text, BibTeX and RIS. Pure: the day of access is an argument."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.reports.web_address import web_address
from corpus.addresses import SITE, country_slug, page_address
from corpus.naming import identifier
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import PageFactResult

PUBLISHER = "Global Initiative Against Transnational Organized Crime"
_WORK = "Global Organized Crime Index"
# Characters with a meaning in BibTeX.
_BRACED = re.compile(r"[\\{}]")
_BIBTEX = re.compile(r"([\\{}$&#%_~^])")


@dataclass(frozen=True, slots=True)
class Source:
    """A source of an answer: a country's profile, or if `country` is None a document with a `title` or the Index's data set.

    `address` is on the web, or names a document's file. `edition` is None for a document. `restated` means that the text shown is
    a paraphrase, not the source's own wording.
    """

    country: str | None
    edition: int | None
    address: str
    restated: bool = False
    title: str = ""

    @property
    def year(self) -> str:
        """The edition, or that there is no date, as citations say it."""
        return "n.d." if self.edition is None else str(self.edition)


def sources_of(answer: Answer, shown: int, taxonomy: Taxonomy) -> tuple[Source, ...]:
    """The profiles and data behind the facts and the first `shown` passages, each once; none for a refusal.

    Where an answer lists no scores because there are too many, the data of its editions; for a fact from a page, that page.
    """
    if not answer.answered:
        return ()
    found: dict[tuple[str | None, int | str | None], Source] = {}
    for passage in answer.passages[:shown]:
        if passage.title:
            found.setdefault((None, passage.title), Source(None, None, passage.source, title=passage.title))
    for passage in answer.passages[:shown] if answer.result is None else ():
        if passage.country is not None and passage.edition is not None:
            source = Source(passage.country, passage.edition, passage.source, bool(passage.note))
            found.setdefault((passage.country, passage.edition), source)
    for fact in answer.facts:
        on_page = web_address(fact.source) is not None
        key = (fact.country if on_page else None, fact.edition)
        found.setdefault(key, Source(*key, fact.source if on_page else SITE))
    if not found:
        found = {(s.country, s.edition): s for s in _behind(answer, taxonomy)}
    return tuple(found.values())


def _behind(answer: Answer, taxonomy: Taxonomy) -> list[Source]:
    result = answer.result
    if isinstance(result, PageFactResult):
        address = page_address(result.edition, country_slug(taxonomy.countries[result.country]))
        return [Source(result.country, result.edition, address)]
    if answer.query is None:
        return []
    return [Source(None, edition, SITE) for edition in answer.understood.editions]


def as_text(sources: Iterable[Source], taxonomy: Taxonomy, day: date) -> str:
    """One line for each source."""
    accessed = f"{day.day} {day:%B %Y}"
    return "\n".join(
        f"{PUBLISHER} ({s.year}). {_title(s, taxonomy)}. {s.address} (accessed {accessed}{_restated(s)})." for s in sources
    )


def as_bibtex(sources: Iterable[Source], taxonomy: Taxonomy, day: date) -> str:
    """One entry for each source."""
    entries = []
    for s in sources:
        fields = {
            "author": f"{{{PUBLISHER}}}",
            "title": _BIBTEX.sub(r"\\\1", _title(s, taxonomy)),
            "year": s.year,
            "url": _BRACED.sub(lambda m: f"%{ord(m[0]):02X}", s.address),
            "urldate": day.isoformat(),
        }
        if s.restated:
            fields["note"] = "Text paraphrased, not the source's own wording"
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        entries.append(f"@misc{{ocindex{_key(s)},\n{body}\n}}")
    return "\n\n".join(entries)


def as_ris(sources: Iterable[Source], taxonomy: Taxonomy, day: date) -> str:
    """One record for each source, as reference managers read them."""
    records = []
    for s in sources:
        lines = ["TY  - ELEC", f"AU  - {PUBLISHER}", f"TI  - {_title(s, taxonomy)}", f"PY  - {s.year}", f"UR  - {s.address}"]
        lines.append(f"Y2  - {day:%Y/%m/%d}")
        lines += ["N1  - Text paraphrased, not the source's own wording"] if s.restated else []
        records.append("\n".join([*lines, "ER  - "]))
    return "\n\n".join(records)


def _title(source: Source, taxonomy: Taxonomy) -> str:
    if source.title:
        return source.title
    if source.country is None:
        return f"{_WORK}, scores of the {source.edition} edition"
    return f"{_WORK}: {taxonomy.countries[source.country].name}"


def _key(source: Source) -> str:
    return identifier(source.title)[:40] if source.title else f"{source.edition}{(source.country or 'data').lower()}"


def _restated(source: Source) -> str:
    return "; text paraphrased here, not the source's own wording" if source.restated else ""
