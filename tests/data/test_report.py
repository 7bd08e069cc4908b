"""The report: a bar a placement, a cell a duty, names that stay names, nothing from elsewhere."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from kpi_house import crowded_house, drawn_change, drawn_plan, house, session

from data.report import report_page, write_report
from data.report.page import letter
from planner.compare import Stale, compare
from planner.kpis.contract import Outcome
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem

MADE = dt.date(2026, 11, 25)
HOSTILE = "<script>alert('x')</script>\" onload=\"x"
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Reads a page: elements with their attributes, words, and whether all that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of_class(self, name: str) -> list[dict[str, str]]:
        return [a for _, a in self.elements if name in a.get("class", "").split()]


def outcomes(seed: int = 1) -> dict[str, Outcome]:
    random, problem = Random(seed), crowded_house()
    other = drawn_change(problem, random)
    return {
        "base": Outcome(problem, drawn_plan(problem, random)),
        "what if": Outcome(other, drawn_plan(other, random)),
    }


def page(sides: dict[str, Outcome], lang: str = "en", **more: str) -> str:
    return report_page(compare(sides, "base"), sides, lang, made=MADE, **more)  # type: ignore[arg-type]


def known(outcome: Outcome) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Give the placements and duties that name what the problem has."""
    placed = [each.case.id for each in outcome.theatre.all_placed()]
    staff = {person.id for person in outcome.problem.staff}
    horizon = outcome.problem.horizon
    duties = [
        (duty.person, horizon.date(duty.day).isoformat(), duty.shift)
        for duty in outcome.plan.duties
        if duty.person in staff
    ]
    return placed, duties


@pytest.mark.parametrize("seed", range(4))
def test_one_bar_a_placement_and_one_cell_a_duty(seed: int) -> None:
    sides = outcomes(seed)
    read = Page(page(sides))
    bars = Counter(bar["data-case"] for bar in read.of_class("bar"))
    cells = Counter(
        (cell["data-person"], cell["data-day"], cell["data-shift"])
        for cell in read.of_class("duty")
    )
    placed: Counter[str] = Counter()
    duties: Counter[tuple[str, str, str]] = Counter()
    for outcome in sides.values():
        of_cases, of_duties = known(outcome)
        placed.update(of_cases)
        duties.update(of_duties)
    assert bars == placed
    assert cells == duties
    assert sum(placed.values()) > 10
    assert sum(duties.values()) > 40


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_names_stay_names(lang: str) -> None:
    """Every text of every record, and the names of scenarios, may be hostile."""
    base = crowded_house()
    problem = replace(
        base,
        theatres=tuple(replace(each, name=HOSTILE) for each in base.theatres),
        procedures=tuple(replace(each, name=HOSTILE) for each in base.procedures),
        specialties=tuple(replace(each, name=HOSTILE) for each in base.specialties),
        shifts=tuple(replace(each, name=HOSTILE) for each in base.shifts),
        staff=tuple(replace(each, role=HOSTILE, team=HOSTILE) for each in base.staff),
        absences=tuple(replace(each, reason=HOSTILE) for each in base.absences),
        rules=tuple(replace(each, title_fr=HOSTILE, title_en=HOSTILE) for each in base.rules),
        surgeons=(*base.surgeons, replace(base.surgeons[0], id=HOSTILE)),
        cases=(*base.cases, replace(base.cases[0], id=HOSTILE)),
    )
    plan = drawn_plan(problem, Random(1))
    sides = {
        "base": Outcome(problem, plan),
        HOSTILE: Outcome(replace(problem, cases=problem.cases[1:]), plan.with_duties([])),
    }
    text = page(sides, lang, title=HOSTILE)
    read = Page(text)
    assert "<script" not in text.lower()
    assert not any(
        tag == "script" or any(n.startswith("on") for n in a) for tag, a in read.elements
    )
    assert any(HOSTILE in words for words in read.words)
    assert any(HOSTILE in a.get("data-case", "") for a in read.of_class("bar"))


def test_nothing_comes_from_elsewhere() -> None:
    text = page(outcomes())
    read = Page(text)
    tags = {tag for tag, _ in read.elements}
    assert not tags & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "use",
        "image",
        "a",
        "base",
        "form",
    }
    assert not [a for _, a in read.elements if a.keys() & {"src", "href", "xlink:href", "srcset"}]
    assert re.findall(r"url\(([^)]*)\)", text) == ["#hatch"] * text.count("url(")
    assert "@import" not in text
    assert "http://" not in text
    assert "https://" not in text
    policy = [a for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_it_is_made_for_landscape_pages_of_a4() -> None:
    text = page(outcomes())
    assert "@page{size:A4 landscape" in text
    assert "break-inside:avoid" in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Comparison of scenarios", "Planned overtime", "People decide"]),
        ("fr", ["Comparaison de variantes", "Dépassement prévu", "La décision"]),
    ],
)
def test_it_is_in_both_languages_with_date_and_fingerprints(lang: str, words: list[str]) -> None:
    sides = outcomes()
    text = page(sides, lang)
    assert f'<html lang="{lang}">' in text
    for each in words:
        assert each in text
    assert {"en": "25 November 2026", "fr": "25 novembre 2026"}[lang] in text
    assert len(set(re.findall(r"<code>([0-9a-f]{32})</code>", text))) == 2


def test_only_differences_are_shown_until_all_are_wanted() -> None:
    sides = outcomes()
    read = Page(page(sides))
    comparison = compare(sides, "base")
    assert len(read.of_class("differs")) == sum(row.differs for row in comparison.kpis)
    assert len(read.of_class("same")) == sum(not row.differs for row in comparison.kpis)
    assert "#every:not(:checked)~table tr.same{display:none}" in page(sides)


def test_a_scenario_against_itself_shows_no_change() -> None:
    sides = outcomes()
    twins = {"base": sides["base"], "twin": Outcome(sides["base"].problem, sides["base"].plan)}
    read = Page(page(twins))
    assert read.of_class("differs") == read.of_class("why") == read.of_class("ghost") == []
    assert read.of_class("corner") == []
    assert "No fact and no rule." in read.words


def test_stale_plans_are_marked_with_their_reasons() -> None:
    sides = outcomes()
    moved = compare(sides, "base", reasons=[Stale("what if", ("close S3",))])
    words = " ".join(Page(report_page(moved, sides, "en", made=MADE)).words)
    assert "The plan of “what if” is out of date." in words
    assert "Since it was made: “close S3”." in words
    unknown = compare(sides, "base", stale=["what if"])
    words = " ".join(Page(report_page(unknown, sides, "en", made=MADE)).words)
    assert "which ones is not known any more" in words


def test_one_scenario_alone_is_the_report_of_a_plan() -> None:
    sides = {"base": outcomes()["base"]}
    read = Page(page(sides))
    assert len(read.of_class("bar")) == len(known(sides["base"])[0])
    assert not read.of_class("delta")
    assert not [a for _, a in read.elements if a.get("id") == "every"]


def test_what_the_plan_names_and_the_problem_lacks_is_told() -> None:
    problem = house(sessions=(session("A"),))
    plan = Plan.build([Placement("GONE", "A", "X1", 480)])
    assert "1 placement names what is not there any more: GONE" in page(
        {"base": Outcome(problem, plan)}
    )


def test_an_empty_plan_of_nothing_has_a_page() -> None:
    assert "Nothing is planned here." in page({"base": Outcome(house(), Plan())})


def test_more_people_than_a_page_holds_go_on_the_next() -> None:
    problem = crowded_house()
    people = tuple(replace(problem.staff[0], id=f"I{n}") for n in range(90))
    crowd: Problem = replace(problem, staff=people)
    plan = Plan.build(duties=[Duty(person.id, 3, "D") for person in people])
    read = Page(page({"base": Outcome(crowd, plan)}))
    assert len(read.of_class("duty")) == 90
    assert len(read.of_class("roster")) == 3


def test_the_same_comparison_gives_the_same_page() -> None:
    assert page(outcomes()) == page(outcomes())


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    sides, path = outcomes(), tmp_path / "report.html"
    comparison = compare(sides, "base")
    path.write_text("old", encoding="utf-8")
    write_report(path, comparison, sides, "fr", title="Été", made=MADE)
    written = path.read_text(encoding="utf-8")
    assert "<title>Été</title>" in written
    assert written == report_page(comparison, sides, "fr", title="Été", made=MADE)
    with pytest.raises(KeyError):
        write_report(path, comparison, {"base": sides["base"]}, "fr")
    assert path.read_text(encoding="utf-8") == written
    with pytest.raises(OSError, match="no-such-folder"):
        write_report(tmp_path / "no-such-folder" / "r.html", comparison, sides, "fr")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_no_two_of_many_scenarios_share_a_letter() -> None:
    letters = [letter(place) for place in range(60)]
    assert letters[:2] + letters[25:27] == ["A", "B", "Z", "A2"]
    assert len(set(letters)) == len(letters)
