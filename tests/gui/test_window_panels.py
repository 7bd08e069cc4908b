"""The panels round the boards: scenarios, changes, banner, breaches, details, going to things."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from data.journal import recorded
from planner.changes import Adjust, ChangeSet, Remove, Set
from planner.commands import expand
from planner.edits import Branch, Record, fresh_name
from planner.hand_edits import Place
from planner.plan import Placement
from planner.study import BASE
from ui.window.actions import Actions, specs
from ui.window.dialogs.ask import ReasonDialog
from ui.window.document import Document
from ui.window.panels import scenarios, states
from ui.window.panels.banner import Banner
from ui.window.panels.changes import ChangesPanel
from ui.window.panels.detail import DetailPanel
from ui.window.panels.go_to import GoTo
from ui.window.panels.right import RightDock
from ui.window.panels.scenarios import ScenariosPanel
from ui.window.panels.stale_box import StaleBox
from ui.window.panels.states import state
from ui.window.workbench import Workbench


@pytest.fixture
def actions(bench: Workbench, small_document: Document) -> Actions:
    return Actions(bench, bench)


def longer(document: Document, minutes: int = 95) -> Record:
    case = document.problem.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=minutes)
    group = ChangeSet(name=f"{case.id} longer", changes=(change,))
    return Record(scenario=document.name, group=group)


def test_no_two_actions_share_keys() -> None:
    keys = [key for spec in specs() for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_the_tree_shows_opens_renames_and_deletes(
    bench: Workbench,
    small_document: Document,
    actions: Actions,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel = ScenariosPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.do(Branch(parent="Two", name="Three"))
    top = panel.tree.topLevelItem(0)
    assert top is not None
    child = top.child(0)
    assert [child.text(0), child.child(0).text(0)] == ["Two", "Three"]
    panel.tree.setCurrentItem(child.child(0))
    assert small_document.name == "Three"
    item = panel.tree.currentItem()
    assert item is not None
    item.setText(0, "Third")
    assert small_document.name == "Third"
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    actions["delete"].trigger()
    assert [each.name for each in small_document.study.scenarios] == [BASE, "Two"]
    assert small_document.name == "Two"


def test_a_name_that_is_being_typed_is_left_alone(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = ScenariosPanel(bench, actions)
    qtbot.addWidget(panel)
    panel.show()
    panel.branch()
    editor = panel.tree.findChild(QLineEdit)
    assert editor is not None
    bench.settle()
    assert panel.tree.state() == panel.tree.State.EditingState
    editor.setText("Other")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: small_document.name == "Other")


def test_a_taken_name_is_refused_and_the_tree_goes_back(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = ScenariosPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.do(Branch(parent=BASE, name="Three"))
    small_document.show("Three")
    with qtbot.waitSignal(bench.told) as told:
        item = panel.tree.currentItem()
        assert item is not None
        item.setText(0, "Two")
    assert told.args[1] is True
    now = panel.tree.currentItem()
    assert now is not None
    assert now.text(0) == "Three"


def test_fresh_names_count_on(small_document: Document) -> None:
    assert fresh_name(small_document.study, "New") == "New"
    small_document.do(Branch(parent=BASE, name="New"))
    assert fresh_name(small_document.study, "New") == "New 2"


def test_changes_are_switched_and_broken_ones_are_marked(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = ChangesPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    assert panel.empty.isVisibleTo(panel)
    small_document.do(longer(small_document))
    item = panel.list.item(0)
    before = small_document.problem.cases[0].mean
    item.setCheckState(Qt.CheckState.Unchecked)
    assert small_document.problem.cases[0].mean != before
    case = small_document.study.base.cases[0].id
    gone = ChangeSet(name="gone", changes=(Remove(kind="case", id=case),))
    small_document.stack.undo()
    small_document.do(Record(scenario=BASE, group=gone))
    bench.settle()
    assert bench.say("changes.broken") in panel.list.item(0).text()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_banner_says_where_edits_go(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    banner = Banner(bench, actions)
    qtbot.addWidget(banner)
    banner.refresh()
    assert banner.into.text() == bench.say("banner.into_base")
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.do(longer(small_document))
    assert banner.scenario.text() == "Two"  # at once; what is counted may wait
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=1)
    assert not banner.stale.isVisibleTo(banner)


def test_an_outdated_plan_says_why_and_undo_takes_it_away(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    box = StaleBox(bench, actions)
    qtbot.addWidget(box)
    session, case = small_document.problem.sessions[0], small_document.problem.cases[0]
    place = Place(scenario=BASE, placement=Placement(case.id, session.id, None, 480))
    small_document.do(place)
    small_document.do(longer(small_document))
    bench.settle()
    assert not box.isHidden()
    assert case.id in box.why.text()
    small_document.stack.undo()
    bench.settle()
    assert box.isHidden()


def test_details_show_own_values(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    panel = DetailPanel(bench, actions)
    qtbot.addWidget(panel)
    panel.show()
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.do(longer(small_document))
    bench.selection.pick("case", small_document.problem.cases[0].id)
    from PySide6.QtWidgets import QLabel

    words = [each.text() for each in panel.findChildren(QLabel)]
    assert any(each.startswith("● 1\u00a0h\u00a035") for each in words)
    bench.selection.clear()
    assert panel.empty.isVisibleTo(panel)


def test_go_to_finds_people_cases_and_rules(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    field = GoTo(bench, actions)
    qtbot.addWidget(field)
    field._list()
    case = small_document.problem.cases[3].id
    with qtbot.waitSignals([bench.asked_for_view, bench.selection.wanted]):
        field._go(case)
    assert bench.selection.now.ids == (case,)
    with qtbot.waitSignal(bench.told) as told:
        field._go("nobody of that name")
    assert told.args[1] is True


def test_a_reason_must_be_written(bench: Workbench, qtbot: QtBot) -> None:
    dialog = ReasonDialog(bench, ["0 h of rest, at least 12 h"] * 8)
    qtbot.addWidget(dialog)
    assert not dialog.keep.isEnabled()
    dialog.field.setPlainText("   ")
    assert not dialog.keep.isEnabled()
    dialog.field.setPlainText("agreed with the head nurse")
    assert dialog.keep.isEnabled()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reason == "agreed with the head nurse"


def test_panels_wait_while_somebody_works_and_read_the_journal_once(
    bench: Workbench,
    small_document: Document,
    actions: Actions,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panels = (Banner(bench, actions), ScenariosPanel(bench, actions), StaleBox(bench, actions))
    for panel in panels:
        qtbot.addWidget(panel)
    session, cases = small_document.problem.sessions[0], small_document.problem.cases
    small_document.do(Place(scenario=BASE, placement=Placement(cases[0].id, session.id, None, 480)))
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.do(longer(small_document))
    bench.settle()
    told: list[str] = []
    monkeypatch.setattr(scenarios, "state", lambda *all_: told.append("state") or state(*all_))
    monkeypatch.setattr(states, "recorded", lambda all_: told.append("journal") or recorded(all_))
    for start in range(500, 600, 20):
        place = Placement(cases[1].id, session.id, None, start)
        small_document.do(Place(scenario="Two", placement=place))
    assert told == []  # nothing is worked out while it goes on
    bench.settle()
    assert "journal" not in told  # the base is as it was
    assert told.count("state") <= 3 * len(small_document.study.scenarios)
    small_document.do(Record(scenario=BASE, group=ChangeSet(name="more", changes=(change(),))))
    for name in ("Two", BASE):
        assert states.stale(small_document, name) is not None
    assert told.count("journal") == 1


def change() -> Adjust:
    return Adjust(kind="ward", id="CHIR", field="beds", delta=1)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_moves_in_the_plan_counts_as_a_change(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    banner, panel = Banner(bench, actions), ChangesPanel(bench, actions)
    for each in (banner, panel):
        qtbot.addWidget(each)
    session, (one, two, *_) = small_document.problem.sessions[0], small_document.problem.cases
    small_document.do(Place(scenario=BASE, placement=Placement(one.id, session.id, None, 480)))
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=0)
    assert panel.empty.isVisibleTo(panel)
    small_document.do(Place(scenario="Two", placement=Placement(two.id, session.id, None, 600)))
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=1)
    assert (panel.list.count(), panel.heading.count.text()) == (1, "1")
    assert bench.say("changes.cases", n=1) in panel.list.item(0).text()
    panel.list.setCurrentRow(0)
    assert (bench.selection.now.kind, bench.selection.now.ids) == ("case", (two.id,))
    small_document.stack.undo()
    bench.settle()
    assert banner.changes.text() == bench.say("banner.changes", n=0)


def test_the_box_has_room_for_its_words_as_soon_as_they_are_there(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot
) -> None:
    dock = RightDock(bench, actions)
    qtbot.addWidget(dock)
    dock.resize(254, 640)
    dock.show()
    box = dock.stale
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    session, case = small_document.problem.sessions[0], small_document.problem.cases[0]
    small_document.do(Place(scenario="Two", placement=Placement(case.id, session.id, None, 480)))
    for case in small_document.problem.cases[:3]:
        change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=95)
        small_document.do(
            Record(scenario="Two", group=ChangeSet(name=f"{case.id} longer", changes=(change,)))
        )
        bench.settle()  # and no events afterwards
        assert box.isVisible()
        for each in (box.title, box.why):
            assert each.height() >= each.heightForWidth(each.width())
        assert box.solve.geometry().bottom() < box.height()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_banner_cuts_a_name_only_where_links_have_lost_their_words(
    bench: Workbench, actions: Actions, qtbot: QtBot, small_document: Document, lang: str
) -> None:
    bench.speak(lang)
    name = "Two ophthalmology half-days a week to orthopaedics"
    small_document.do(Branch(parent=BASE, name=name))
    small_document.do(Branch(parent=BASE, name="W" * 100))
    host, banner = QWidget(), Banner(bench, actions)
    qtbot.addWidget(host)
    banner.setParent(host)  # a window of its own would be as wide as its words
    banner.resize(1300, 32)
    host.show()
    small_document.show(name)
    assert banner.compare.text()
    banner.resize(banner.sizeHint().width() - 8, 32)
    assert banner.scenario.text() == name
    assert banner.changes.text()
    assert not banner.compare.text()
    banner.resize(840, 32)
    small_document.show("W" * 100)
    assert banner.scenario.text().endswith("…")
    assert banner.scenario.toolTip() == "W" * 100
    assert banner.changes.text()
    assert banner.sizeHint().width() <= banner.width()
    banner.resize(1300, 32)
    small_document.show(name)
    assert banner.branch.text()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_banner_counts_the_reasons_that_the_box_gives(
    bench: Workbench, small_document: Document, actions: Actions, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    banner, box = Banner(bench, actions), StaleBox(bench, actions)
    for each in (banner, box):
        qtbot.addWidget(each)
    session, case = small_document.problem.sessions[0], small_document.problem.cases[0]
    small_document.do(Place(scenario=BASE, placement=Placement(case.id, session.id, None, 480)))
    small_document.do(longer(small_document, 90))
    bench.settle()
    assert not box.isHidden()
    assert box.both.isHidden()  # the base has no parent
    small_document.stack.undo()
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    theatre = small_document.problem.theatres[0].id
    group = expand(small_document.problem, "close-room", theatre, "monday")
    for n, edit in enumerate((longer(small_document), Record(scenario="Two", group=group)), 1):
        small_document.do(edit)
        bench.settle()
        assert banner.stale.isVisibleTo(banner)
        assert banner.stale.text() == bench.say("banner.stale_for", n=n)
        assert len(box.why.text().splitlines()) == n
    assert bench.say("date.weekday.long.0") in box.why.text()  # no "monday" of the command
    with qtbot.waitSignal(actions["compare_parent"].triggered):
        box.both.click()
    for _ in range(2):
        small_document.stack.undo()
    bench.settle()
    assert not banner.stale.isVisibleTo(banner)
    assert box.isHidden()


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ("Session {id} · closed: no → yes", "Session {id} · end: +30\u00a0min")),
        (
            "fr",
            ("Vacation {id} · fermée\u202f: non → oui", "Vacation {id} · fin\u202f: +30\u00a0min"),
        ),
    ],
)
def test_a_change_is_told_in_the_words_and_with_the_colon_of_the_language(
    bench: Workbench,
    small_document: Document,
    actions: Actions,
    qtbot: QtBot,
    lang: str,
    lines: tuple[str, ...],
) -> None:
    bench.speak(lang)
    panel = ChangesPanel(bench, actions)
    qtbot.addWidget(panel)
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    id = next(each.id for each in small_document.problem.sessions if not each.closed)
    closed = Set(kind="session", id=id, field="closed", expected=False, value=True)
    later = Adjust(kind="session", id=id, field="end", delta=30)
    small_document.do(Record(scenario="Two", group=ChangeSet(name="x", changes=(closed, later))))
    bench.settle()
    assert panel.list.item(0).toolTip().splitlines() == [line.format(id=id) for line in lines]
