"""What is loaded, in a sentence or two for the first view. Pure."""

from __future__ import annotations

from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, joined

_FEW = 3


def loaded_words(snapshot: Snapshot) -> str:
    """Of how many countries there are scores, in which editions, and of which there is text."""
    editions = snapshot.loaded.editions("criminality")
    scored = len(snapshot.loaded.countries)
    scores = f"Scores of {scored} {'country' if scored == 1 else 'countries'} in the editions {edition_list(editions)} are loaded"
    return f"{scores if editions else 'No scores are loaded'}; {_text(snapshot)}."


def _text(snapshot: Snapshot) -> str:
    names = snapshot.taxonomy.countries
    if not snapshot.text_editions:
        return "no profile text is"
    if len(snapshot.text_editions) > _FEW:
        return f"profile text of {len(snapshot.text_editions)} countries"
    told = (f"{names[code].name} ({edition_list(editions)})" for code, editions in snapshot.text_editions.items())
    return f"profile text of {joined(sorted(told))}"
