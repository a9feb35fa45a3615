"""Why a question about scores cannot be answered whatever it asks: a name, year or number that stands for nothing known."""

from __future__ import annotations

import re

from corpus.taxonomy import Taxonomy
from index.answers.score_answer import ScoreAnswer, refused_scores
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, group_in_sentence, joined, on_their_own
from index.questions.names import LinkKind, as_adjective
from index.questions.question import Question
from index.questions.spans import Reading, TaggedSpan
from index.questions.unknown_names import unknown_names

# Of whom a group's name is said.
_MEMBERS = re.compile(r"\s+(?:countr|nation|state|member|econom)", re.IGNORECASE)
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)


def unread_name(
    snapshot: Snapshot, question: Question, *, enough_places: bool = False, settled: bool = False
) -> ScoreAnswer | None:
    """A refusal if the question holds a place, year, group or number that could not be read; None if it does not.

    With `enough_places` a place without scores beside them does not matter: two others are compared. If the reader has also
    `settled` all places, it knows what the other names stand for: "the three Sahel juntas Mali, Burkina Faso and Niger".
    """
    explained = enough_places and settled
    for typed, nearest in question.undefined_groups if not explained else ():
        names = [group_in_sentence(group, snapshot.taxonomy) for group in nearest]
        why = f"{typed!r} is not a group we have a member list for; the nearest we have are {joined(names)}"
        return refused_scores(
            snapshot,
            question,
            Refusal(RefusalReason.OUTSIDE_INDEX, why),
            [_about_group(question.text, typed, group, snapshot.taxonomy) for group in nearest],
        )
    for typed, readings in question.unsure if not explained else ():
        if any(i.value == LinkKind.AMBIGUOUS and _typed(question.reading, i) == typed for i in question.reading.spans):
            why = f"{typed!r} may mean {joined([r.title() for r in readings], 'or')}; name one of them"
            offers = [question.text.replace(typed, r.title()) for r in readings]
            return refused_scores(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why), offers)
    if question.not_scored and not enough_places:
        why = f"the Index does not score {on_their_own(question.not_scored)}"
        return refused_scores(snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why))
    invented = () if question.countries or question.groups else unknown_names(question)
    if invented:
        what = "is no country or group" if len(invented) == 1 else "are no countries or groups"
        why = f"{joined([repr(name) for name in invented])} {what} that the Index scores"
        return refused_scores(snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why))
    if question.ambiguous and not explained:
        surface, codes = question.ambiguous[0]
        names = [snapshot.taxonomy.countries[c].name for c in codes]
        offers = [question.text.replace(surface, name) for name in names]
        why = f"{surface!r} may mean {joined(names, 'or')}; name one of them"
        return refused_scores(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why), offers)
    if question.unread_years:
        years = joined([str(y) for y in question.unread_years])
        why = f"the Index has no {years} edition; its editions are {edition_list(snapshot.taxonomy.editions)}"
        wrong = str(question.unread_years[0])
        offers = [question.text.replace(wrong, str(e)) for e in snapshot.taxonomy.editions]
        return refused_scores(snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why), offers)
    if question.unread_numbers:
        typed = joined([repr(n) for n in question.unread_numbers])
        why = f"{typed} could not be read as a number; write it as digits with a decimal point, such as 7 or 0.5"
        return refused_scores(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why))
    return None


def _about_group(text: str, typed: str, group: str, taxonomy: Taxonomy) -> str:
    """The question about another group than the one it names, with the article that the name takes."""
    start = text.find(typed)
    if start < 0:
        return text
    end = start + len(typed)
    if _MEMBERS.search(f" {typed}"):
        return f"{text[:start]}{as_adjective(group)} countries{text[end:]}"
    if _MEMBERS.match(text, end):
        return f"{text[:start]}{as_adjective(group)}{text[end:]}"
    return f"{_ARTICLE.sub('', text[:start])}{group_in_sentence(group, taxonomy)}{text[end:]}"


def _typed(reading: Reading, span: TaggedSpan) -> str:
    return " ".join(reading.words[span.start : span.end])
