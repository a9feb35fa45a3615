"""From the slots of a question to its queries: of what, when, under which conditions, in which order. Pure.

Nothing is guessed silently: what cannot be read is refused and named; what can be read in two ways is answered one way, and the
other is offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.language.phrases import in_sentence, joined
from index.questions.clauses import HeadKind
from index.questions.conditions import end_of_scale
from index.questions.context import OVERALL, Frame, NotUnderstood, Reader
from index.questions.country_queries import country_queries
from index.questions.cues import Role
from index.questions.indicator_queries import indicator_queries
from index.questions.slots import Slots
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Query


@dataclass(frozen=True, slots=True)
class Parsed:
    """One query for each figure or table asked for, the main one first, and how the question was read.

    `notes` say what the reader should check; `offers` are other questions that may have been meant; `sure` is False if one of
    several readings was chosen; `dated` says whether the question names its editions.
    """

    queries: tuple[Query, ...]
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    sure: bool = True
    dated: bool = False


def parse(kind: Kind, slots: Slots, taxonomy: Taxonomy, loaded: LoadedScores) -> Parsed:
    """The queries of a question about scores. Raises NotUnderstood."""
    reader = Reader(kind, slots, taxonomy, Frame(slots, taxonomy, loaded, OVERALL[:1]))
    _check_leftovers(reader)
    _note_default(reader)
    own_indicators = kind is Kind.INDICATOR_SET or (kind is Kind.COUNT and len(slots.subjects) == 1)
    queries = indicator_queries(reader) if own_indicators else country_queries(reader)
    return Parsed(
        tuple(dict.fromkeys(queries)),
        tuple(dict.fromkeys(reader.notes)),
        tuple(dict.fromkeys(reader.offers)),
        reader.sure,
        slots.years is not None and slots.years.value != "latest",
    )


def _check_leftovers(reader: Reader) -> None:
    """Refuse a question with an unused word that looks like a condition: ignoring it would change what is asked."""
    f = reader.slots
    suspects = {Role.OP, Role.POSTFIX, Role.THAN, Role.EXCEPT}
    if not any(head.negated for head in f.heads):
        suspects.add(Role.NOT)
    if not f.subjects:
        suspects.add(Role.COMPARATIVE)
    # "Tied for the highest" adds nothing to the highest.
    if reader.kind is not Kind.COMPARISON and not f.of_kind(HeadKind.ORDER):
        suspects.add(Role.SAME)
    if not f.subjects and not any(b.group in ("region", "continent") for i in f.spans for b in i.bounds):
        suspects.add(Role.HOME)
    if reader.kind in (Kind.SET, Kind.RANKING, Kind.COUNT, Kind.AGGREGATE) and not f.subjects:
        suspects.add(Role.FAMILY)
    if f.subjects and reader.kind in (Kind.VALUE, Kind.CHANGE):
        # "Countries … Peru" asks for countries other than the one it names, in a way that was not read.
        first = min(i.start for i in f.spans if i.role is Role.COUNTRY)
        others = [i for i in f.spans if i.role is Role.COUNTRIES and i.start < first and f.typed(i).casefold().endswith("s")]
    else:
        others = []
    unused = [i for i in f.spans if i.role in suspects] + others
    unused += [i for i in f.spans if i.role is Role.LIMIT][1:]
    if unused:
        raise NotUnderstood(f"{joined([repr(f.typed(i)) for i in unused])} could not be read as a condition")
    if f.has(Role.SECTION) and not f.topics and reader.kind is not Kind.INDICATOR_SET and not f.subjects:
        (section, *_) = [s for s in reader.taxonomy.sections if s.id in {x for i in f.spans for x in i.ids}]
        names = joined([in_sentence(reader.indicator(i)) for i in section.indicators], "or")
        raise NotUnderstood(f"{section.name.lower()} is a topic with several scores; name one of them: {names}")


def _note_default(reader: Reader) -> None:
    f = reader.slots
    if any(i.value == "percent" for i in f.spans):
        reader.notes.append("Scores are positions on a scale, so differences are given in points, never in percent.")
    if any(h.way == "safest" for h in f.of_kind(HeadKind.ORDER)):
        reader.notes.append(
            "Read as the lowest criminality score. The Index scores organized crime; a low score does not make a country safe."
        )
    elif not f.topics and not f.has(Role.FAMILY, Role.SECTION) and not f.subjects:
        reader.notes.append("The question names no indicator, so this is the overall criminality score.")
        reader.sure = False
    elif any(t.is_implied for t in f.topics):
        reader.notes.append(f"Read {f.typed(f.topics[0])!r} as the overall criminality score.")
    for head in f.of_kind(HeadKind.ORDER):
        if head.way in ("worst", "best") and head.topics:
            indicator = reader.indicator(head.topics[0].ids[0])
            end = end_of_scale(head.way, indicator).value
            reader.notes.append(
                f"Read {head.way!r} as the {end} score: for {in_sentence(indicator)} {indicator.pillar.direction}."
            )
