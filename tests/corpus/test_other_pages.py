"""Pages of the site that are no country's profile in English: comparisons, regions, rankings, other languages."""

from __future__ import annotations

import re

import pytest
from saved_pages import markup
from world import page, scores_of

from corpus.languages import language_of
from corpus.page_files import read_pages
from corpus.pages import PageReading
from corpus.taxonomy import Taxonomy

SAID = {
    "Spanish": "El país es un punto de tránsito para las armas que se venden en la región, y los grupos son del norte.",
    "French": "Le pays est un point de transit pour les armes qui sont vendues dans la région, et les groupes ne sont pas d'ici.",
    "Portuguese": "O país é um ponto de trânsito para as armas que são vendidas na região, e os grupos não são do norte.",
    "German": "Das Land ist ein Durchgang für die Waffen, die in der Gegend verkauft werden, und die Banden sind nicht von hier.",
    "Italian": "Il paese è un punto di transito per le armi che sono vendute nella regione, e i gruppi non sono del nord.",
    "Russian": "Страна является местом транзита оружия, которое продаётся в регионе, а группы приходят с севера.",
    "Ukrainian": "Країна є місцем транзиту зброї, яку продають у регіоні, а її групи приходять із півночі й живуть у містах.",
    "Arabic": "هذا البلد نقطة عبور للأسلحة التي تباع في المنطقة، والجماعات التي تحملها تأتي من الشمال.",
    "Chinese": "该国是该地区武器的过境国，携带武器的团伙来自北方，他们在城市里生活。" * 2,
}


def only(text: str, name: str, taxonomy: Taxonomy) -> PageReading:
    (reading,) = read_pages(text.encode(), name, taxonomy)
    return reading


def refusal(text: str, name: str, taxonomy: Taxonomy) -> str:
    reading = only(text, name, taxonomy)
    assert reading.profile is None
    (problem,) = reading.problems
    return f"{problem.message} ({problem.hint})"


def beside(text: str, first: str, second: str, figure: str = "5.00", between: str = "\n\n") -> str:
    """The page with a second figure beside each score, and both names in its head."""
    text = text.replace("\nProfile\n\nChad\n", f"\nProfile\n\n{first}\n\n{second}\n")
    return re.sub(r"(?m)^(\d\.\d\d(?:-0\.50| n/a)?)$", rf"\1{between}{figure}", text)


@pytest.mark.parametrize("between", ["\n\n", "\n", " ", "\t"])
@pytest.mark.parametrize("other", ["Niger", "Central Africa", "Africa", "Global average"])
def test_only_the_own_figures_of_a_comparison_are_read(other: str, between: str, taxonomy: Taxonomy) -> None:
    reading = only(beside(page("Chad", 2021, taxonomy), "Chad", other, between=between), "2021/x.txt", taxonomy)
    assert reading.profile is not None and reading.problems == ()
    assert {s.indicator: s.value for s in reading.profile.scores} == scores_of("Chad", 2021, taxonomy)
    assert reading.profile.country == "TCD"


def test_figures_with_changes_are_told_apart_too(taxonomy: Taxonomy) -> None:
    reading = only(beside(page("Chad", 2023, taxonomy), "Chad", "Niger", "5.00-0.50"), "2023/x.txt", taxonomy)
    assert reading.profile is not None
    assert {s.indicator: s.value for s in reading.profile.scores} == scores_of("Chad", 2023, taxonomy)


def test_figures_behind_the_names_are_those_of_the_names(taxonomy: Taxonomy) -> None:
    text = re.sub(r"(?m)^(\d\.\d\d)$", "Niger\n\n5.00\n\nChad\n\n\\1", page("Chad", 2021, taxonomy))
    reading = only(text, "2021/chad.txt", taxonomy)
    assert reading.profile is not None
    assert {s.indicator: s.value for s in reading.profile.scores} == scores_of("Chad", 2021, taxonomy)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Somewhere", "Elsewhere", "2021/chad.txt"),  # nothing says which column is whose
        ("Chad", "Elsewhere", "2021/chad.txt"),
    ],
)
def test_a_comparison_whose_figures_are_uncertain_is_refused_as_one(
    first: str, second: str, name: str, taxonomy: Taxonomy
) -> None:
    assert "this is a comparison page" in refusal(beside(page("Chad", 2021, taxonomy), first, second), name, taxonomy)


def test_a_comparison_without_the_text_of_a_profile_is_refused_as_one(taxonomy: Taxonomy) -> None:
    chad, niger = page("Chad", 2021, taxonomy), page("Niger", 2021, taxonomy)
    side_by_side = beside(chad, "Chad", "Niger")
    cut = side_by_side[: side_by_side.index("\nAnalysis\n")]
    assert "comparison page (Chad and Niger)" in refusal(cut, "2021/chad.txt", taxonomy)
    one_below_the_other = "".join(text[: text.index("\nAnalysis\n")] for text in (chad, niger))
    assert "comparison page (Chad and Niger)" in refusal(f"Compare countries\n\n{one_below_the_other}", "2021/x.txt", taxonomy)
    assert "comparison page" in refusal("https://ocindex.net/2023/compare/chad/niger\n\nChad\n\nNiger", "x.txt", taxonomy)


def test_changes_of_a_point_or_more_are_no_second_column(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2025, taxonomy).replace("-0.50", "1.00", 20)
    assert only(text, "2025/chad.txt", taxonomy).profile is not None


@pytest.mark.parametrize("anchor", ["Profile", "Region", "Continent"])
@pytest.mark.parametrize("region", ["Central Africa", "South America", "Africa"])
def test_the_page_of_a_region_is_named_as_one(region: str, anchor: str, taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy).replace("Chad", region).replace("\nProfile\n", f"\n{anchor}\n")
    assert f"this is the page of a region ({region}), not a country's profile" in refusal(text, "2021/x.txt", taxonomy)


def test_a_region_is_known_by_its_address(taxonomy: Taxonomy) -> None:
    text = "https://ocindex.net/2023/region/central_africa\n\nOverview\n\nThe countries of this part of the world."
    assert "this is the page of a region" in refusal(text, "2023/x.txt", taxonomy)


@pytest.mark.parametrize(
    "layout", ["{n}\n\n{name}\n\n{score}", "{n}. {name} {score} +0.10", "{name}\n{score}", "{name}\t{score}", "{score}\n{name}"]
)
def test_a_ranking_is_named_as_one(layout: str, taxonomy: Taxonomy) -> None:
    countries = enumerate(list(taxonomy.countries.values())[:40], start=1)
    rows = [layout.format(n=n, name=c.name, score=f"{9 - n / 20:.2f}") for n, c in countries]
    text = "Criminality score\n\nOrder by\n\n" + "\n\n".join(rows)
    assert "this is a ranking page, not a country's profile" in refusal(text, "2021/x.txt", taxonomy)
    table = markup("Criminality score") + "<table>" + "".join(f"<tr><td>{r}</td></tr>" for r in rows) + "</table>"
    assert "ranking page" in refusal(table.replace("\n", "</td><td>"), "2021/x.html", taxonomy)


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("labels", ["English", "its own"])
def test_a_page_in_another_language_is_named_and_says_what_to_save(language: str, labels: str, taxonomy: Taxonomy) -> None:
    prose = " ".join([SAID[language]] * 4)
    text = page("Chad", 2021, taxonomy, {s.name: (prose,) for s in taxonomy.sections}) if labels == "English" else f"x\n\n{prose}"
    said = refusal(text, "saved/chad-2021.txt", taxonomy)
    assert said == (
        f"this page is in {language}; only English pages can be read (save https://ocindex.net/2021/country/chad in English)"
    )


def test_what_is_not_known_of_a_foreign_page_is_left_open(taxonomy: Taxonomy) -> None:
    prose = " ".join([SAID["Spanish"]] * 4)
    assert "https://ocindex.net/<year>/country/<country>" in refusal(prose, "saved/x.txt", taxonomy)
    assert "https://ocindex.net/2023/country/peru" in refusal(
        f"https://ocindex.net/es/2023/country/peru\n\n{prose}", "x.txt", taxonomy
    )


def test_an_english_page_may_quote_names_and_a_sentence(taxonomy: Taxonomy) -> None:
    quoted = 'The gang "Los Hijos de la Sierra y del Norte" of Nuestra Señora de la Paz sings: "' + SAID["Spanish"] + '"'
    reading = only(page("Chad", 2021, taxonomy).replace("Blue marble", f"{quoted} Blue marble"), "2021/chad.txt", taxonomy)
    assert reading.profile is not None and reading.problems == ()


def test_a_foreign_page_beside_an_english_one_is_not_lost_silently(taxonomy: Taxonomy) -> None:
    prose = "\n\n".join(" ".join([SAID["French"]] * 4) for _ in range(4))
    (reading,) = read_pages(f"{page('Chad', 2021, taxonomy)}\n\n{prose}".encode(), "2021/x.txt", taxonomy)
    assert reading.profile is not None
    assert [p.message for p in reading.problems] == [
        "a part of this file is in French and was not read; only English pages can be read"
    ]


def test_english_profiles_are_english(shared, taxonomy: Taxonomy) -> None:
    for path in sorted((shared / "pages-dev").rglob("*.txt"))[::10]:
        assert language_of(path.read_text(encoding="utf-8").splitlines()) == "English", path.name
