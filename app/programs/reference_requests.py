"""The requests for what there is: `define`, `list_coverage` and the whole profile of a country in an edition."""

from __future__ import annotations

from dataclasses import asdict

from app.programs.asked import Arguments
from app.programs.names import country_code, indicator_id, known_edition, latest_edition
from app.programs.rows import Json, country_of, page_of, refused
from corpus.addresses import country_slug, page_address
from index.answers.found_passages import found_passage
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list
from index.profiles.profile import edition_before, profile_sections
from index.scores.standings import GroupPlace, Placed, standings_of


def define(snapshot: Snapshot, arguments: Arguments) -> Json:
    """What an indicator means, on which scale, what it is part of or made of, and since which edition it is measured."""
    taxonomy = snapshot.taxonomy
    indicator = taxonomy.indicators[indicator_id(arguments["indicator"], taxonomy)]
    passage = snapshot.passages[snapshot.definition_rows[indicator.id]]
    return {
        "indicator": indicator.id,
        "name": indicator.name,
        "definition": passage.text,
        "scale": f"1 to 10, {indicator.pillar.direction}",
        "part_of": indicator.parent,
        "parts": list(taxonomy.parts(indicator.id, taxonomy.editions[-1])),
        "sections": [s.name for s in taxonomy.sections if indicator.id in s.indicators],
        "since": indicator.since,
        "editions_loaded": list(snapshot.loaded.editions(indicator.id)),
        "source": passage.source,
        "generation": snapshot.manifest.name,
    }


def list_coverage(snapshot: Snapshot, arguments: Arguments) -> Json:
    """What is loaded: a summary or, with `of`, the countries, texts, indicators or groups one by one."""
    taxonomy, loaded = snapshot.taxonomy, snapshot.loaded
    listed: dict[str, list[Json]] = {
        "summary": [
            {
                "edition": edition,
                "countries_with_scores": len(loaded.having("criminality", edition)),
                "indicators": sum(bool(loaded.having(i, edition)) for i in taxonomy.indicators),
                "profiles_with_text": sum(p.edition == edition for p in snapshot.coverage),
            }
            for edition in taxonomy.editions
        ],
        "countries": [
            country_of(c.iso3, taxonomy) | {"region": c.region, "continent": taxonomy.continent(c.iso3)}
            for c in sorted(taxonomy.countries.values(), key=lambda c: c.name)
            if c.iso3 in loaded.countries or c.iso3 in snapshot.text_editions
        ],
        "texts": [
            country_of(country, taxonomy) | {"editions": list(editions)}
            for country, editions in sorted(snapshot.text_editions.items())
        ],
        "indicators": [
            {
                "indicator": i.id,
                "name": i.name,
                "part_of": i.parent,
                "scale": f"1 to 10, {i.pillar.direction}",
                "editions_loaded": list(loaded.editions(i.id)),
            }
            for i in taxonomy.indicators.values()
        ],
        "groups": [
            {
                "group": g.name,
                "kind": g.sort,
                "countries": len(taxonomy.members(g.name, taxonomy.editions[-1])),
                "members_as_of": g.as_of or f"the {taxonomy.editions[-1]} edition",
                "source": g.source,
            }
            for g in taxonomy.groups.values()
        ],
    }
    return {
        "of": arguments["of"],
        **page_of(listed[arguments["of"]], arguments["limit"], arguments["offset"]),
        "sections": [s.name for s in taxonomy.sections],
        "built": snapshot.manifest.created_at,
        "problems": len(snapshot.problems),
        "warning": snapshot.warning,
        "generation": snapshot.manifest.name,
    }


def profile(snapshot: Snapshot, arguments: Arguments) -> Json:
    """Every score of a country in an edition with its ranks, means and change, and the whole text if that page is loaded."""
    taxonomy = snapshot.taxonomy
    country = country_code(arguments["country"], taxonomy)
    name = taxonomy.countries[country].name
    edition = known_edition(arguments.get("edition") or latest_edition((), (country,), snapshot.loaded, taxonomy), taxonomy)
    having = {e for _, e in snapshot.score_store.scores_of((country,))[country]}
    page = snapshot.profiles.get((country, edition))
    if edition not in having and page is None:
        why = f"nothing of {name} from the {edition} edition is loaded; loaded editions: {edition_list(sorted(having)) or 'none'}"
        return refused(Refusal(RefusalReason.EDITION_NOT_LOADED, why), snapshot.manifest.name)
    region = taxonomy.region(country, edition)
    standings = standings_of(snapshot, country, edition, edition_before(edition, having), region, edition)
    sections = profile_sections(page, snapshot.passages, taxonomy) if page is not None else ()
    return {
        "answered": True,
        **country_of(country, taxonomy),
        "edition": edition,
        "region": region,
        "continent": taxonomy.continent(country),
        "compared_with": standings.before,
        "scores": [_score(standings.scores[i], region) for i in taxonomy.indicators if i in standings.scores],
        "page": {k: v for k, v in page.header} if page is not None else {},
        "sections": [
            {
                "section": s.name,
                "indicators": list(s.indicators),
                "first_covered_in": s.first_edition,
                "passages": [_passage(found) for found in (asdict(found_passage(p, 0.0, ())) for p in s.paragraphs)],
            }
            for s in sections
        ],
        "notes": [] if page is not None else [f"The {edition} page of {name} is not loaded, so there is no text."],
        "source": page.url if page is not None else page_address(edition, country_slug(taxonomy.countries[country])),
        "generation": snapshot.manifest.name,
    }


def _score(placed: Placed, region: str) -> Json:
    return {
        "indicator": placed.indicator,
        "value": float(placed.value),
        "change": None if placed.change is None else float(placed.change),
        "world": _place(placed.world),
        "region": None if placed.group is None else {"name": region, **_place(placed.group)},
        "source": placed.source,
    }


def _place(place: GroupPlace) -> Json:
    rank = {} if place.rank is None else {"rank": place.rank.rank, "of": place.rank.of, "sharing": place.rank.sharing}
    return rank | {"mean": float(place.mean)}


def _passage(found: Json) -> Json:
    return {name: found[name] for name in ("id", "paragraph", "text", "source", "note")}
