"""The start page: recent studies told without opening them, and the first steps."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from planner.edits import Branch
from planner.hand_edits import Place
from planner.plan import Placement
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.remembering import STEPS, about, made
from ui.window.start_page import SHOWN, StartPage
from ui.window.start_recent import Recent, Sketch


@pytest.fixture
def saved(main: MainWindow, small_problem: Problem, tmp_path: Path) -> Path:
    """A study that was open once, with a case placed, and was closed again."""
    document = Document.of(Study(id="small", name="small", base=small_problem))
    main.bench.take(document)
    session, case = small_problem.sessions[0], small_problem.cases[0]
    main.bench.do(Place(scenario=BASE, placement=Placement(case.id, session.id, None, 480)))
    path = document.save(tmp_path / "bloc.opale")
    main.bench.settings.opened(path)
    main.bench.settle()
    main.bench.take(None)
    return path


def page(main: MainWindow) -> StartPage:
    found = main.page("start")
    assert isinstance(found, StartPage)
    found.refresh()
    return found


def first(shown: StartPage) -> Recent:
    item = shown.rows.itemAt(0)
    assert item is not None
    row = item.widget()
    assert isinstance(row, Recent)
    return row


def words(within: Recent) -> list[str]:
    return [each.text() for each in within.findChildren(QLabel)]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_study_is_told_without_opening_it(
    main: MainWindow, saved: Path, small_problem: Problem, lang: str
) -> None:
    main.bench.speak(lang)
    row = first(page(main))
    say = main.bench.say
    told = " ".join(words(row))
    assert say("start.scenarios", n=1) in told
    assert say("start.theatres", n=len(small_problem.theatres)) in told
    assert say("start.staff", n=len(small_problem.staff)) in told
    assert not any("root" in each or "@" in each for each in words(row))  # we hold it no more
    sketch = row.findChild(Sketch)
    assert sketch is not None
    assert len(sketch.told["bars"]) == 1
    kept = str(about(main.bench.settings, saved))
    assert str(small_problem.cases[0].id) not in kept  # no patient in the settings


def test_a_study_taken_off_the_list_is_gone(main: MainWindow, saved: Path) -> None:
    shown = page(main)
    first(shown).gone()
    assert saved not in main.bench.settings.recent
    assert shown.rows.count() == 0
    assert not shown.empty.isHidden()


def test_many_studies_are_seen_on_demand(main: MainWindow, tmp_path: Path) -> None:
    for n in range(SHOWN + 2):
        (tmp_path / f"{n}.opale").touch()
        main.bench.settings.opened(tmp_path / f"{n}.opale")
    shown = page(main)
    assert shown.rows.count() == 2 * SHOWN - 1  # with lines between them
    shown.see_all.click()
    assert shown.rows.count() == 2 * (SHOWN + 2) - 1


def test_first_steps_are_ticked_off_by_what_is_done(
    main: MainWindow, small_problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = main.bench
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    assert made(bench.settings) == frozenset()
    bench.take(Document.of(Study(id="small", name="small", base=small_problem)))
    bench.settle()
    assert made(bench.settings) == frozenset()  # there is no plan to be seen
    session, case = small_problem.sessions[0], small_problem.cases[0]
    bench.do(Place(scenario=BASE, placement=Placement(case.id, session.id, None, 480)))
    bench.settle()
    assert made(bench.settings) == {"open", "move"}
    bench.do(Branch(parent=BASE, name="Two"), reason="journal.demo")
    bench.settle()
    assert "branch" not in made(bench.settings)  # the demo did it
    bench.do(Branch(parent=BASE, name="Three"))
    bench.settle()
    main.show_view("compare")
    assert made(bench.settings) == {"open", "move", "branch", "compare"}
    bench.take(None)
    shown = page(main)
    assert shown.steps.count.text() == bench.say("start.steps_made", made=4, n=len(STEPS))
    shown.steps.hide_.click()
    assert shown.steps.isHidden()
