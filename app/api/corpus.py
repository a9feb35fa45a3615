"""An index as an object: everything that can be asked of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

from app.api.arguments import names_of, sendable, wholes_of
from app.api.clear_errors import clear_errors
from app.api.definition import Definition, definition_of
from app.api.flat_rows import CHANGE, COUNTRY, LEVEL, RANKED, answer_table, figure_table, passage_table
from app.api.profile import Profile, profile_of
from app.api.reply import Reply
from app.api.table import Table
from app.programs.arguments import checked, operation_of
from app.programs.text_requests import overview_of
from app.reports.amounts import counted
from app.settings import read_settings
from corpus.errors import QuestionError
from index.answers.answer import ask
from index.answers.declined_answer import refused
from index.generations.follower import Published
from index.generations.snapshot import Snapshot

Coverage = Literal["summary", "countries", "texts", "indicators", "groups"]
Order = Literal["highest", "lowest"]


class Condition(TypedDict):
    """A condition on a score (1 to 10) or, with `since`, on its change in points, later minus earlier.

    The right-hand side is exactly one of `value`, `country`, `group` (its mean) and `other_indicator`, with `plus` points added.
    """

    indicator: str
    op: Literal[">=", ">", "<=", "<", "="]
    value: NotRequired[float]
    country: NotRequired[str]
    group: NotRequired[str]
    other_indicator: NotRequired[str]
    plus: NotRequired[float]
    edition: NotRequired[int]
    since: NotRequired[int]


class Corpus:
    """An open index. It follows new builds by itself; what it gave before stays as it was.

    Countries are ISO 3166-1 alpha-3 codes or English names, indicators are ids or names, groups are "world", continents, regions
    or memberships, editions are years; a single one may be given without a list. Every method raises QuestionError for a name
    that is not known or an argument that is wrong, and says what to give instead.
    """

    def __init__(self, published: Published, folder: Path) -> None:
        self._published = published
        self._folder = folder

    @classmethod
    def open(cls, index: str | Path | None = None) -> Corpus:
        """Open the index in a folder; without one, that of OCQA_INDEX, else that of the user's account.

        Raises IndexMissing if there is none, IndexDamaged if it cannot be read.
        """
        folder = read_settings(None if index is None else str(index)).index
        corpus = cls(Published(folder), folder)
        corpus._snapshot()
        return corpus

    def ask(self, question: str, passages: int = 10) -> Reply:
        """Answer a question in plain English, with at most so many passages (0 to 50).

        Raises QuestionError for a text that is not a question. A question that nothing loaded answers gives a reply that says so.
        """
        snapshot = self._snapshot()
        with clear_errors():
            sent = checked(operation_of("ask"), {"question": question, "passages": sendable(passages)})
            return Reply(ask(snapshot, sent["question"], limit=sent["passages"]), snapshot)

    def ask_all(self, questions: Iterable[str]) -> list[Reply]:
        """Answer questions in their order, all by the same build; for a text that is not a question, a reply that says so."""
        snapshot = self._snapshot()
        return [_reply(snapshot, question) for question in questions]

    def scores(
        self,
        countries: str | Iterable[str] = (),
        groups: str | Iterable[str] = (),
        indicators: str | Iterable[str] = (),
        editions: int | Iterable[int] = (),
        with_parts: bool = False,
        order: Literal["as sent", "highest", "lowest"] = "as sent",
    ) -> Table:
        """All these scores (1 to 10), one row each with its source; `missing` says which do not exist or are not loaded.

        Without countries and groups all countries are meant, without indicators criminality and resilience, without editions the
        latest. `with_parts` adds the indicators that an average is made of; `order` is by value instead of as given.
        """
        found = self._all(
            "get_scores",
            countries=names_of(countries),
            groups=names_of(groups),
            indicators=names_of(indicators),
            editions=wholes_of(editions),
            with_parts=with_parts,
            order=order,
        )
        return answer_table(found, found["rows"], (*COUNTRY, *LEVEL))

    def rank(
        self,
        indicator: str,
        group: str = "world",
        edition: int | None = None,
        since: int | None = None,
        order: Order = "highest",
        limit: int = 10,
        countries: str | Iterable[str] = (),
    ) -> Table:
        """The countries of a group in the order of a score (1 to 10) or, with `since`, of its change in points.

        Rank 1 is always the highest figure; `place` counts from the end that comes first. Countries with the same figure share a
        rank and are never cut apart, so there may be more rows than `limit` (1 to 200). With `countries`, only theirs.
        """
        found = self._request(
            "rank",
            indicator=indicator,
            group=group,
            edition=sendable(edition),
            since=sendable(since),
            order=order,
            limit=sendable(limit),
            countries=names_of(countries),
        )
        return figure_table(found, (*RANKED, *(LEVEL if since is None else CHANGE)))

    def filter(
        self,
        conditions: Condition | Iterable[Condition],
        groups: str | Iterable[str] = (),
        edition: int | None = None,
        match: Literal["all", "any"] = "all",
        without_groups: str | Iterable[str] = (),
        without_countries: str | Iterable[str] = (),
        order: Order = "highest",
    ) -> Table:
        """The countries that meet conditions, in every one of the groups: one row for each country and figure tested.

        Rows are in the order of the figure of the first condition. Scores are 1 to 10, changes are points. `notes` begins with
        the filter in words. Raises QuestionError for a condition without a right-hand side, or with two.
        """
        listed = [dict(c) for c in ([conditions] if isinstance(conditions, Mapping) else conditions)]
        found = self._all(
            "filter_countries",
            conditions=[{name: sendable(value) for name, value in condition.items()} for condition in listed],
            groups=names_of(groups),
            edition=sendable(edition),
            match=match,
            without_groups=names_of(without_groups),
            without_countries=names_of(without_countries),
            order=order,
        )
        read_as = [f"Read as: {found['read_as']}."] if "read_as" in found else []
        levels = LEVEL if any(c.get("since") is None for c in listed) else ()
        changes = CHANGE if any(c.get("since") is not None for c in listed) else ()
        return figure_table({**found, "notes": [*read_as, *found["notes"]]}, (*COUNTRY, *levels, *changes))

    def compare(
        self,
        countries: str | Iterable[str] = (),
        groups: str | Iterable[str] = (),
        indicators: str | Iterable[str] = (),
        edition: int | None = None,
        since: int | None = None,
    ) -> Table:
        """Two or more countries and means of groups side by side: one row for each of them and each indicator.

        Scores and means are 1 to 10, changes (with `since`) points. A row of a group has its name in `group` and in `countries`
        how many its mean is over.
        """
        found = self._request(
            "compare",
            countries=names_of(countries),
            groups=names_of(groups),
            indicators=names_of(indicators),
            edition=sendable(edition),
            since=sendable(since),
        )
        grouped = ("group", "countries", "stat") if names_of(groups) else ()
        return figure_table(found, (*COUNTRY, *grouped, *(LEVEL if since is None else CHANGE)))

    def passages(
        self,
        query: str,
        countries: str | Iterable[str] = (),
        editions: int | Iterable[int] = (),
        sections: str | Iterable[str] = (),
        limit: int = 5,
    ) -> Table:
        """The paragraphs of profiles nearest to some words, best first, at most `limit` (1 to 50); no answer is claimed.

        `score` only orders them, higher first; it has no unit. Raises QuestionError for words without a word in Latin letters.
        """
        found = self._request(
            "search_passages",
            query=query,
            countries=names_of(countries),
            editions=wholes_of(editions),
            sections=names_of(sections),
            limit=sendable(limit),
        )
        return passage_table(found, found["rows"])

    def overview(self, country: str, topic: str | None = None, edition: int | None = None) -> Reply:
        """What stands out in a country, or with `topic` all on one indicator: scores (1 to 10), ranks, changes, quotations."""
        snapshot = self._snapshot()
        with clear_errors():
            sent = {"country": country, "topic": topic, "edition": sendable(edition)}
            return Reply(overview_of(snapshot, checked(operation_of("country_overview"), sent)), snapshot)

    def define(self, indicator: str) -> Definition:
        """What an indicator means, on which scale, and what it is part of or made of."""
        return definition_of(self._request("define", indicator=indicator))

    def coverage(self, of: Coverage = "summary") -> Table:
        """What is loaded: counts by edition, or one by one the countries, texts, indicators or groups."""
        found = self._all("list_coverage", of=of)
        columns = tuple(dict.fromkeys(name for row in found["rows"] for name in row))
        title = f"Loaded: {of}, built {found['built'][:10]}"
        return answer_table({**found, "answer": title}, found["rows"], columns)

    def profile(self, country: str, edition: int | None = None) -> Profile:
        """Every score of a country (1 to 10) with ranks, means and changes, and the text of its page if that is loaded.

        Without an edition, the latest loaded. For one that is not loaded, a profile whose `answered` is false says so.
        """
        snapshot = self._snapshot()
        return profile_of(self._found(snapshot, "profile", {"country": country, "edition": sendable(edition)}), snapshot.taxonomy)

    def __repr__(self) -> str:
        manifest = self._snapshot().manifest
        held = ", ".join(counted(manifest.counts[f"{unit}s"], unit) for unit in ("profile", "paragraph", "score"))
        return f"Corpus({str(self._folder)!r}): {held}; built {manifest.created_at[:10]}"

    def _snapshot(self) -> Snapshot:
        with clear_errors():
            return self._published.snapshot()

    def _request(self, name: str, **sent: Any) -> dict[str, Any]:
        return self._found(self._snapshot(), name, sent)

    def _all(self, name: str, **sent: Any) -> dict[str, Any]:
        """The answer to a request with every row: pages of rows are for those who send requests from outside."""
        return self._found(self._snapshot(), name, sent, limit=sys.maxsize)

    def _found(self, snapshot: Snapshot, name: str, sent: Mapping[str, Any], **instead: Any) -> dict[str, Any]:
        with clear_errors():
            operation = operation_of(name)
            found = operation.run(snapshot, checked(operation, sent) | instead)
        warned = [snapshot.warning] if snapshot.warning else []
        return {**found, "notes": list(dict.fromkeys([*warned, *found.get("notes", ())]))}


def _reply(snapshot: Snapshot, question: str) -> Reply:
    try:
        return Reply(ask(snapshot, question), snapshot)
    except QuestionError as error:
        return Reply(refused(snapshot, question, error), snapshot)
