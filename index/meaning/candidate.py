"""One way to read a question, and the evidence by which it is weighed against others."""

from __future__ import annotations

from dataclasses import dataclass

from index.meaning.meaning import Meaning
from index.questions.query_parser import Parsed
from index.scores.query import Query

TEXT, ABOUT, OUT, NONE = "text", "about", "out", "none"


@dataclass(frozen=True, slots=True)
class ReadingEvidence:
    """By what a reading is weighed; each is 0 or 1 unless said otherwise.

    - `likely`: the log-odds of its kind for the learned reader; `lead`: by how much that is above the next kind.
    - `agreed`: the parser comes to the same query; `disagreed`: it comes to another; `refused`: it could not read a word;
      `as_text`: it takes the question for one about text. `parser_only`: the learned reader could not fill this kind.
    - `unused`: how many words the queries of the parser do not hold, where it agrees; `unsure`: it chose between readings.
      `clean`: it explains every word, and agrees or is alone; `against_clean`: it does, and comes to another query.
    - `unknown`: how many words the learned reader does not know.
    - `implied`: no indicator is named; `learned_topic`: one was learned instead. `topic`: the log of the learned probability of
      the least likely indicator of the reading, 0 without one; `missed`: that of the likeliest indicator that it leaves out.
    - `order`: the log of the learned probability of the order chosen.
    - `corrected`: words with mended spelling. `words`: the logarithm of their number.
    - `framed`: what was learned of each name and number comes to the same meaning as the form; `unframed`: it comes to another;
      `frame_only`: the meaning is from what was learned alone. `frame`: the log of the chance that all parts were told right, for
      a meaning that it comes to.
    - In what the two meanings of a kind differ, -1 for that of the form, 1 for the other: `by_places` (countries and groups),
      `by_topics`, `by_editions`, `by_tests`, `by_order`, `by_limit` (how many, or which place).
    - `outvoted`: it is the parser's alone, and the two meanings of its kind are the same and another.
    - `in_steps`: its two steps were read one by one by what was learned, and no form comes to the same.
    """

    likely: float
    lead: float
    agreed: float
    disagreed: float
    refused: float
    as_text: float
    parser_only: float
    unused: float
    unsure: float
    clean: float
    against_clean: float
    unknown: float
    implied: float
    learned_topic: float
    topic: float
    missed: float
    order: float
    corrected: float
    words: float
    framed: float = 0.0
    unframed: float = 0.0
    frame_only: float = 0.0
    frame: float = 0.0
    by_places: float = 0.0
    by_topics: float = 0.0
    by_editions: float = 0.0
    by_tests: float = 0.0
    by_order: float = 0.0
    by_limit: float = 0.0
    outvoted: float = 0.0
    in_steps: float = 0.0


@dataclass(frozen=True, slots=True)
class CandidateReading:
    """One way to read a question: the kind as labelled, its meaning and queries if it has any, and the evidence for it."""

    label: str
    evidence: ReadingEvidence
    meaning: Meaning | None = None
    queries: tuple[Query, ...] = ()
    parsed: Parsed | None = None
