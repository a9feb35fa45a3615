"""What a person's own figures say on a question that names their indicator, beside the answer from the Index."""

from __future__ import annotations

from itertools import groupby

from corpus.naming import fold
from index.generations.snapshot import Snapshot
from index.language.phrases import joined
from index.questions.question import Question

_MOST_COUNTRIES = 4


def own_figure_notes(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """A note for each own indicator that the question names: its figures for the countries and editions asked about, the newest
    first; without a country, that there are such figures."""
    if not snapshot.own_figures:
        return ()
    asked = f" {fold(question.text)} "
    notes = []
    for name, of_name in groupby(snapshot.own_figures, key=lambda figure: figure.indicator):
        if f" {fold(name)} " not in asked:
            continue
        own = [
            figure
            for figure in of_name
            if (not question.countries or figure.country in question.countries[:_MOST_COUNTRIES])
            and (not question.editions or figure.edition in question.editions)
        ]
        if own and question.countries:
            ordered = sorted(own, key=lambda figure: (question.countries.index(figure.country), -figure.edition))
            figures = [f"{snapshot.taxonomy.countries[f.country].name} {f.edition}: {f.value:.15g}" for f in ordered]
            files = joined(sorted({f.source.partition(", ")[0] for f in ordered}))
            notes.append(f"Your own indicator “{name}”, which is not the Index's: {', '.join(figures)} ({files}).")
        elif own:
            countries = len({figure.country for figure in own})
            notes.append(
                f"“{name}” is an indicator of your own with figures for {countries} countries; it takes no part in answers."
            )
    return tuple(notes)
