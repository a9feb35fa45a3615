"""Answers that rest on pages or on reviewed text rather than on a computed figure, and questions that ask for nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field

from workbook import DATA

from tests.questions.author_sets.figures import FAMILY
from tests.questions.author_sets.labels import Label
from tests.questions.author_sets.shown import Shown

Met = tuple[bool, str]
_SECTIONS = tomllib.loads((DATA / "sections.toml").read_text("utf-8"))["section"]
SECTIONS = {s["name"].lower(): frozenset(s["indicators"]) for s in _SECTIONS}
PLAIN = frozenset(
    (
        "about from with that this what which does have country countries crime crimes criminal criminals organized organised "
        "state role group groups name names named method methods route routes origin source sources destination destinations "
        "response controls control runs used trade smuggling smugglers smuggle trafficking trafficked trafficker traffickers "
        "illegal illicit their they where into through main agency charge quote mention mentioned presence operate operates "
        "activities involvement foreign network networks"
    ).split()
)


@dataclass(frozen=True)
class Pages:
    """The text of the loaded pages, in lower case, by country and edition."""

    texts: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, country: str) -> str:
        """All text of a country's loaded pages."""
        return "\n".join(text for (one, _), text in self.texts.items() if one == country)


def of_overview(label: Label, shown: Shown, pages: Pages) -> Met:
    """The right country, the edition asked for, and the topic if there is one."""
    if shown.type != "overview":
        return False, f"type {shown.type}"
    if shown.result["country"] not in label.countries:
        return False, f"about {shown.result['country']}"
    if label.editions and shown.result["edition"] not in label.editions:
        return False, f"edition {shown.result['edition']}"
    topic = shown.result.get("indicator")
    held = {s["indicator"] for s in shown.result["scores"]}
    if label.indicators and topic not in label.indicators and not set(label.indicators) <= held:
        return False, f"topic {topic}, not {label.indicators}"
    if not label.indicators and not label.topic and topic is not None:
        return False, f"topic {topic}, none asked for"
    return True, ""


def of_explanation(label: Label, shown: Shown, pages: Pages) -> Met:
    """The right country and indicator, and the direction that is to be explained."""
    if shown.type != "explanation":
        return False, f"type {shown.type}"
    if shown.result["country"] not in label.countries:
        return False, f"about {shown.result['country']}"
    if label.indicators and shown.result["indicator"] not in label.indicators:
        return False, f"indicator {shown.result['indicator']}, not {label.indicators}"
    if len(label.editions) == 1 and shown.result.get("from") is None and shown.result["edition"] not in label.editions:
        return False, f"edition {shown.result['edition']}"
    return True, ""


def of_definition(label: Label, shown: Shown, pages: Pages) -> Met:
    """The definitions of all indicators asked about, as the result or as passages."""
    defined = {p["indicator"] for p in shown.answer["passages"] if p["kind"] == "definition"}
    if shown.type == "definition":
        defined.add(shown.result["indicator"])
    elif shown.type != "passages" or not shown.answer["passages"] or shown.answer["passages"][0]["kind"] != "definition":
        return False, f"type {shown.type}"
    lacking = set(label.indicators) - defined
    return not lacking, f"defines {sorted(defined)}, not {sorted(lacking)}" if lacking else ""


def of_page_fact(label: Label, shown: Shown, pages: Pages) -> Met:
    """The field of the country as its page prints it; a refusal where no page is loaded."""
    country = label.countries[0]
    if not shown.answer["answered"]:
        return not pages.of(country), "no page of the country is loaded"
    if shown.type != "page_fact":
        return False, f"type {shown.type}"
    if shown.result["country"] != country:
        return False, f"about {shown.result['country']}"
    wanted = (label.field or "").lower().replace(" ", "_")
    if shown.result["field"] != wanted:
        return False, f"field {shown.result['field']}, not {wanted}"
    return bool(str(shown.result["value"]).strip()), "no value"


def of_about(label: Label, shown: Shown, pages: Pages) -> Met:
    """An answer about the Index; the definition of an indicator where the question is about one."""
    if shown.type == "definition" and shown.result["indicator"] in label.indicators:
        return True, ""
    return shown.type == "about", f"type {shown.type}" if shown.type != "about" else f"about {shown.result['topic']}"


def of_text(label: Label, shown: Shown, pages: Pages) -> Met:
    """Passages of the right country on the right topic; a refusal where its pages are not loaded or do not mention the topic."""
    if not shown.answer["answered"]:
        texts = [pages.of(country) for country in label.countries]
        if not any(texts):
            return True, "no page of the country is loaded"
        silent = bool(words := _topic_words(label)) and not any(w in text for w in words for text in texts)
        return silent, "the page has no word of the topic" if silent else f"the page has {words}: {shown.result.get('reason')}"
    if shown.type not in ("passages", "overview", "explanation"):
        return False, f"type {shown.type}"
    found = [p for p in shown.answer["passages"] if p["kind"] == "paragraph"]
    if not found:
        return False, "no paragraph"
    if found[0]["country"] not in label.countries:
        return False, f"about {found[0]['country']}"
    if any(_on_topic(label, p) for p in found[:3] if p["country"] in label.countries):
        return True, ""
    return False, f"section {found[0]['section']}, no word of the topic"


def of_nothing(label: Label, shown: Shown, pages: Pages) -> Met:
    """A refusal, or an answer about the Index or its help."""
    met = not shown.answer["answered"] or shown.type == "about"
    return met, "" if met else f"type {shown.type}: {shown.answer['answer'][:80]}"


def _on_topic(label: Label, passage: dict[str, object]) -> bool:
    """Whether a passage has a word of the topic, or stands in the topic's section where the topic has no word of its own."""
    words = _topic_words(label)
    if words:
        return any(w in str(passage["text"]).lower() for w in words)
    wanted = {j for i in label.indicators for j in (i, *FAMILY.get(i, ()))}
    return not wanted or bool(SECTIONS.get(str(passage["section"]).lower(), frozenset()) & wanted)


def _topic_words(label: Label) -> list[str]:
    """The beginnings of the words that tell a topic from others of the same country."""
    words = re.findall(r"[a-zà-ÿ]{4,}", label.topic.lower())
    return [w[:6] for w in words if w not in PLAIN]


PAGE_KINDS: dict[str, Callable[[Label, Shown, Pages], Met]] = {
    "overview": of_overview,
    "explanation": of_explanation,
    "definition": of_definition,
    "page_fact": of_page_fact,
    "about": of_about,
    "text": of_text,
    "out": of_nothing,
    "none": of_nothing,
}
