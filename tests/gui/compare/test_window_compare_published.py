"""What differs from the published plan: counted over all views, and a side of the comparison."""

import pytest
from pytestqt.qtbot import QtBot

from planner.edits import Publish
from planner.hand_edits import TakeOut
from planner.published import as_published, published_sides, published_title
from planner.study import BASE
from ui.window.actions import Actions
from ui.window.boards.compare_page import ComparePage
from ui.window.document import Document
from ui.window.panels.banner import Banner
from ui.window.workbench import Workbench


@pytest.fixture
def taken(document: Document) -> str:
    """Publish the base, then take a case out of its plan."""
    document.show(BASE)
    document.do(Publish(scenario=BASE))
    case = next(iter(document.plan.placements)).case
    document.do(TakeOut(scenario=BASE, cases=frozenset({case})))
    return str(case)


def test_the_published_plan_is_a_side_with_ghosts_and_arrows(
    bench: Workbench, page: ComparePage, document: Document, taken: str
) -> None:
    page.follow_published()
    page.settle()
    compared = page.compared
    assert compared is not None
    published, now = compared.sides
    assert compared.reference is published
    assert (published.name, now.name) == ("base@published", BASE)
    assert published.state.published
    assert not published.state.stale
    assert [each.before.case for each in compared.comparison.placements if each.before] == [taken]
    assert not compared.comparison.inputs
    assert compared.changed
    assert page.bar.sides[0].name == published_title(bench.say("banner.base"), bench.lang)
    boards = page.pane.theatres.boards
    ghosts = [item for board in boards for item in board.model.scene.items if item.ghost]
    assert taken in {str(item.ghost.case.id) for item in ghosts if item.ghost}
    outcome = published.outcome
    case = next(iter(document.plan.placements)).case
    document.do(TakeOut(scenario=BASE, cases=frozenset({case})))
    page.refresh()
    page.settle()
    assert page.compared is not None
    assert len(page.compared.comparison.placements) == 2
    assert page.compared.reference.outcome is outcome  # what stands is not judged again


def test_the_banner_counts_what_differs_and_leads_there(
    bench: Workbench, document: Document, taken: str, qtbot: QtBot
) -> None:
    actions = Actions(bench, bench)
    banner = Banner(bench, actions)
    qtbot.addWidget(banner)
    banner.resize(1440, 32)
    banner.show()
    banner.refresh()
    assert banner.unlike.isVisible()
    cases = bench.say("banner.cases", n=1)
    assert banner.unlike.text() == bench.say("banner.unlike", what=cases)
    ways = banner.unlike.menu().actions()
    assert ways == [actions["compare_published"], actions["publish"]]
    document.stack.undo()
    banner.refresh()
    assert not banner.unlike.isVisible()


def test_a_child_stands_beside_what_its_parent_published(document: Document, taken: str) -> None:
    study = document.study
    assert published_sides(study, BASE) == {"base@published": BASE}
    assert published_sides(study, "Closed") == {
        "base@published": BASE,
        "Closed@published": "Closed",
    }
    assert taken in {
        str(p.case) for p in as_published(study, "Closed").scenario("Closed").plan.placements
    }
    assert as_published(study, "Closed").problem("Closed") is study.problem("Closed")


def test_nothing_is_published_at_first(
    bench: Workbench, document: Document, page: ComparePage, qtbot: QtBot
) -> None:
    assert published_sides(document.study, document.name) == {}
    before = page.names
    with qtbot.waitSignal(bench.told):
        page.follow_published()
    assert page.names == before
