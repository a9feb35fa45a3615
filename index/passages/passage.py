"""Passages, which are shown and cited, and chunks, which are embedded.

A passage is a paragraph of a profile or of a document about the Index, or the definition of an indicator; its id says which. A
paragraph longer than the model's window is cut into several chunks, at sentence ends. Country, edition and heading are part of a
chunk's embedded text, never of the text that is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.naming import identifier
from corpus.records import Corpus, Document, Profile
from corpus.taxonomy import Taxonomy
from index.language.sentences import Span, sentence_spans

CountTokens = Callable[[Sequence[str]], Sequence[int]]


class PassageKind(StrEnum):
    """A paragraph is from a profile, a definition from the list of indicators; a document is about the Index as a whole."""

    PARAGRAPH = "paragraph"
    DEFINITION = "definition"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Passage:
    """What is found, shown and cited. A definition has an indicator; a paragraph has country, edition, section and number.

    A paragraph of a document has the `title` of the document, and section and number if it stands below a heading.
    `sentences` and `chunks` are character ranges of `text`; `note` is set if the text restates its source.
    """

    id: str
    kind: PassageKind
    text: str
    source: str
    country: str | None = None
    edition: int | None = None
    section: str | None = None
    section_id: str | None = None
    paragraph: int | None = None
    indicator: str | None = None
    note: str = ""
    title: str = ""
    sentences: tuple[Span, ...] = ()
    chunks: tuple[Span, ...] = ()


def cut_passages(corpus: Corpus, taxonomy: Taxonomy, count_tokens: CountTokens, window: int) -> tuple[Passage, ...]:
    """All passages in a fixed order: definitions, documents, then by country, edition, section and paragraph.

    `window` is how many tokens the model reads, special tokens excluded.
    """
    passages = [
        *_definitions(corpus, taxonomy),
        *_documents(corpus.documents),
        *(p for profile in corpus.profiles for p in _paragraphs(profile, taxonomy)),
    ]
    return tuple(recut(p, taxonomy, count_tokens, window) for p in passages)


def embed_context(passage: Passage, taxonomy: Taxonomy) -> str:
    """The words put before the text of a chunk or sentence for embedding."""
    if passage.kind is PassageKind.DEFINITION:
        assert passage.indicator is not None
        return f"Definition of {taxonomy.indicators[passage.indicator].name}: "
    if passage.kind is PassageKind.DOCUMENT:
        return f"{passage.title}. {passage.section}: " if passage.section else f"{passage.title}: "
    assert passage.country is not None
    return f"{taxonomy.countries[passage.country].name}, {passage.edition}. {passage.section}: "


def chunk_texts(passage: Passage, taxonomy: Taxonomy) -> list[str]:
    """The texts that are embedded for a passage, one for each chunk."""
    context = embed_context(passage, taxonomy)
    return [context + passage.text[start:end] for start, end in passage.chunks]


def sentence_texts(passage: Passage, taxonomy: Taxonomy) -> list[str]:
    """The texts that are embedded for the sentences of a passage.

    All begin with the same context, so that a sentence naming the country or topic has no advantage over one that does not.
    """
    context = embed_context(passage, taxonomy)
    return [context + passage.text[start:end] for start, end in passage.sentences]


def _paragraphs(profile: Profile, taxonomy: Taxonomy) -> Iterable[Passage]:
    for section in profile.sections:
        for number, text in enumerate(section.paragraphs, start=1):
            yield Passage(
                id=f"{profile.country}-{profile.edition}-{section.id.replace('_', '-')}-{number}",
                kind=PassageKind.PARAGRAPH,
                text=text,
                source=profile.url,
                country=profile.country,
                edition=profile.edition,
                section=section.heading,
                section_id=section.id,
                paragraph=number,
                note=profile.note,
            )


def _documents(documents: Iterable[Document]) -> Iterable[Passage]:
    numbers: Counter[str] = Counter()
    for document in documents:
        named = identifier(document.title).replace("_", "-")
        for part in document.parts:
            for number, text in enumerate(part.paragraphs, start=1):
                numbers[named] += 1
                yield Passage(
                    id=f"document-{named}-{numbers[named]}",
                    kind=PassageKind.DOCUMENT,
                    text=text,
                    source=document.url,
                    section=part.heading or None,
                    paragraph=number,
                    title=document.title,
                )


def _definitions(corpus: Corpus, taxonomy: Taxonomy) -> Iterable[Passage]:
    """Each indicator's definition in the commonest wording of the newest pages, or else in the taxonomy's words."""
    printed: dict[str, Counter[tuple[int, str]]] = {i: Counter() for i in taxonomy.indicators}
    sources: dict[tuple[str, int, str], str] = {}
    for profile in corpus.profiles:
        for definition in profile.definitions:
            printed[definition.indicator][(profile.edition, definition.text)] += 1
            sources.setdefault((definition.indicator, profile.edition, definition.text), profile.url)
    for indicator in taxonomy.indicators.values():
        seen = printed[indicator.id]
        best = max(seen, key=lambda key: (key[0], seen[key], key[1])) if seen else None
        own = best is None or best[1] == indicator.definition
        yield Passage(
            id=f"definition-{identifier(indicator.name).replace('_', '-')}",
            kind=PassageKind.DEFINITION,
            text=indicator.definition if own or best is None else best[1],
            source="ocqa indicator list" if own or best is None else sources[(indicator.id, *best)],
            indicator=indicator.id,
        )


def recut(passage: Passage, taxonomy: Taxonomy, count_tokens: CountTokens, window: int) -> Passage:
    """The passage with its sentences and chunks cut anew for a model with this window."""
    sentences = sentence_spans(passage.text)
    context, whole = count_tokens([embed_context(passage, taxonomy), passage.text])
    room = window - context
    if whole <= room:
        chunks: tuple[Span, ...] = ((0, len(passage.text)),)
    else:
        chunks = _pack(passage.text, sentences, room, count_tokens)
    return replace(passage, sentences=sentences, chunks=chunks)


def _pack(text: str, sentences: Sequence[Span], room: int, count_tokens: CountTokens) -> tuple[Span, ...]:
    """Chunks of whole sentences, up to `room` tokens each; a longer sentence is cut between words."""
    pieces: list[tuple[Span, int]] = []
    for span, tokens in zip(sentences, count_tokens([text[a:b] for a, b in sentences]), strict=True):
        pieces += [(span, tokens)] if tokens <= room else _halves(text, span, room, count_tokens)
    chunks: list[tuple[Span, int]] = []
    for (start, end), tokens in pieces:
        if chunks and chunks[-1][1] + tokens <= room:
            (first, _), before = chunks[-1]
            chunks[-1] = ((first, end), before + tokens)
        else:
            chunks.append(((start, end), tokens))
    return tuple(span for span, _ in chunks)


def _halves(text: str, span: Span, room: int, count_tokens: CountTokens) -> list[tuple[Span, int]]:
    start, end = span
    tokens = count_tokens([text[start:end]])[0]
    if tokens <= room or end - start < 2:
        return [(span, min(tokens, room))]
    middle = (start + end) // 2
    cut = text.rfind(" ", start + 1, middle)
    cut = cut if cut > start else middle
    return [*_halves(text, (start, cut), room, count_tokens), *_halves(text, (cut, end), room, count_tokens)]
