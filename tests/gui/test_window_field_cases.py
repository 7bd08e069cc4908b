"""F37, F38 and F40 by hand on the theatre board: keys that nudge, what is told, what stays refused."""

from dataclasses import replace
from typing import Any

from kpi_house import case, house, session
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from theatre_hands import ALT, SHIFT, handled, where

from planner.cases import Case, Surgeon
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Record
from planner.hospital import Equipment, Theatre
from planner.kpis import of_name
from planner.kpis.contract import value
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre.equipment import EquipmentInUse
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.rules.theatre.surgeon_overlap import SurgeonOverlap
from ui.window.boards.theatre_page import TheatrePage
from ui.window.document import Document
from ui.window.workbench import Workbench

RIGHT, LEFT, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down


def hospital(rooms: str, cases: tuple[Case, ...], *rules: Any, **hours: int) -> Problem:
    """Make rooms with a session each on the first day, named after it."""
    made = house(
        days=7,
        sessions=tuple(session(f"S{room}", theatre=room, **hours) for room in rooms),
        cases=cases,
        rules=(RoomOverlap(id="room"), InSession(id="in"), *rules),
    )
    return replace(made, theatres=tuple(Theatre(id=room) for room in rooms))


def opened(
    bench: Workbench, qtbot: QtBot, problem: Problem, *placed: Placement
) -> tuple[TheatrePage, Document]:
    page = handled(bench, qtbot, problem)
    assert bench.document is not None
    bench.do(AdoptPlan(scenario="base", plan=Plan.build(placed)))
    page.drag.ask = lambda sentences: "Agreed"
    return page, bench.document


def nudge(page: TheatrePage, qtbot: QtBot, case: str, key: Qt.Key, times: int = 1) -> None:
    page.bench.selection.pick("case", case)
    for _ in range(times):
        qtbot.keyClick(page.view, key, ALT)


def spoken(page: TheatrePage, id: str) -> str:
    """Give what a screen reader says of a bar or a session."""
    (index,) = page.model.numbers("case", id) or page.model.numbers("session", id)
    return str(page.model.index(index, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def broken(document: Document) -> list[tuple[str, int]]:
    """Give each breach: its rule and amount."""
    return [(e.rule.id, e.breach.amount) for e in document.outcome().judgement.judged]


def figure(document: Document, name: str) -> float | None:
    kpi, _ = of_name(name)
    return value(document.outcome().figure(kpi))


# --- F37: 07:00 to 15:00, cases of 90, 60, 150 and 120 minutes ------------------------------------

MINUTES = (90, 60, 150, 120)


def in_a_row(turnover: int) -> tuple[Placement, ...]:
    at, placed = 420, []
    for number, minutes in enumerate(MINUTES):
        placed.append(Placement(f"K{number}", "SA", "X1", at))
        at += minutes + turnover
    return tuple(placed)


def day(turnover: int) -> Problem:
    cases = tuple(case(f"K{number}", minutes) for number, minutes in enumerate(MINUTES))
    made = hospital("A", cases, SessionOvertime(id="end", after="end"), start=420, end=900)
    procedures = tuple(replace(each, turnover=turnover) for each in made.procedures)
    return replace(made, procedures=procedures)


def test_f37_a_quarter_of_an_hour_is_spare_and_the_next_five_minutes_are_refused(
    bench: Workbench, qtbot: QtBot
) -> None:
    page, document = opened(bench, qtbot, day(15), *in_a_row(15))
    assert broken(document) == []
    assert "late" not in spoken(page, "SA")
    nudge(page, qtbot, "K3", RIGHT, 3)  # from 12:45 to 13:00: it ends at 15:00
    assert where(page, "K3") == ("SA", 780)
    assert broken(document) == []
    nudge(page, qtbot, "K3", RIGHT)
    assert page.drag.held
    assert "5\u00a0min" in page.drag.bubble.told.text().replace("\u202f", "\u00a0")
    assert where(page, "K3") == ("SA", 780)
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    nudge(page, qtbot, "K3", LEFT, 4)  # no turnover is left before it
    assert where(page, "K3") == ("SA", 765)
    assert page.drag.held


def test_f37_a_turnover_of_half_an_hour_makes_it_half_an_hour_late(
    bench: Workbench, qtbot: QtBot
) -> None:
    page, document = opened(bench, qtbot, day(15), *in_a_row(15))
    assert (figure(document, "patient_fill"), figure(document, "planned_overtime")) == (87.5, 0)
    longer = Set(kind="procedure", id="P", field="turnover", expected=15, value=30)
    bench.do(Record(scenario="base", group=ChangeSet(name="Longer", changes=(longer,))))
    assert {rule for rule, _ in broken(document)} == {"room"}  # each case comes too early now
    bench.do(AdoptPlan(scenario="base", plan=Plan.build(in_a_row(30))))
    assert broken(document) == [("end", 30)]
    assert "30\u00a0min" in spoken(page, "SA").replace("\u202f", "\u00a0")
    assert (figure(document, "patient_fill"), figure(document, "planned_overtime")) == (87.5, 30)
    document.stack.undo()
    document.stack.undo()
    assert broken(document) == []


# --- F38: one surgeon, two rooms ------------------------------------------------------------------


def two_rooms(changeover: int) -> Problem:
    surgeon = SurgeonOverlap(id="surgeon", changeover=changeover)
    return hospital("AB", (case("K1", 120), case("K2", 90)), surgeon)


def test_f38_a_surgeon_in_two_rooms_is_refused_with_the_minutes_until_the_rooms_touch(
    bench: Workbench, qtbot: QtBot
) -> None:
    first, second = Placement("K1", "SA", "X1", 480), Placement("K2", "SB", "X1", 600)
    page, document = opened(bench, qtbot, two_rooms(0), first, second)
    assert broken(document) == []  # 08:00 to 10:00, then from 10:00 on
    nudge(page, qtbot, "K2", LEFT, 6)
    assert page.drag.held
    assert where(page, "K2") == ("SB", 600)
    told = page.drag.bubble.told.text().replace("\u202f", "\u00a0")
    assert "X1: K2 overlaps K1 by 30\u00a0min" in told
    bench.speak("fr")
    assert "X1" in page.drag.bubble.told.text()
    bench.speak("en")
    qtbot.keyClick(page.view, Qt.Key.Key_Return, SHIFT)  # kept all the same, with a reason
    assert where(page, "K2") == ("SB", 570)
    assert document.outcome().judgement.hard == ()
    assert [each.reason for each in document.study.waivers("base")] == ["Agreed"]
    assert "overlaps K1 by 30" in spoken(page, "K2").replace("\u00a0", " ")
    document.stack.undo()
    assert where(page, "K2") == ("SB", 600)


def test_f38_with_a_changeover_of_ten_minutes_the_earliest_is_ten_past(
    bench: Workbench, qtbot: QtBot
) -> None:
    first, second = Placement("K1", "SA", "X1", 480), Placement("K2", "SB", "X1", 630)
    page, document = opened(bench, qtbot, two_rooms(10), first, second)
    nudge(page, qtbot, "K2", LEFT, 4)
    assert where(page, "K2") == ("SB", 610)
    nudge(page, qtbot, "K2", LEFT)
    assert page.drag.held
    assert where(page, "K2") == ("SB", 610)
    assert broken(document) == []


# --- F40: one device, three rooms -----------------------------------------------------------------


def three_rooms(quantity: int, delay: int = 0) -> Problem:
    lengths = (("K1", 90), ("K2", 60), ("K3", 60))
    made = hospital("ABC", tuple(case(id, mean) for id, mean in lengths), EquipmentInUse(id="arc"))
    procedures = tuple(replace(p, equipment=frozenset({"ARC"})) for p in made.procedures)
    device = Equipment(id="ARC", quantity=quantity, delay=delay)
    third = Surgeon(id="X3", specialty="S")
    return replace(
        made, procedures=procedures, equipment=(device,), surgeons=(*made.surgeons, third)
    )


APART = (
    Placement("K1", "SA", "X1", 480),
    Placement("K2", "SB", "X2", 660),
    Placement("K3", "SC", "X3", 570),
)


def test_f40_one_device_is_refused_to_a_second_room_and_rooms_that_touch_have_it(
    bench: Workbench, qtbot: QtBot
) -> None:
    page, document = opened(bench, qtbot, three_rooms(1), *APART)
    assert broken(document) == []  # 08:00 to 09:30, 09:30 to 10:30, 11:00 to 12:00
    nudge(page, qtbot, "K2", LEFT, 7)
    assert where(page, "K2") == ("SB", 630)  # from 10:30 on
    assert page.drag.held  # 10:25 is not to be had
    assert "ARC" in page.drag.bubble.told.text()
    nudge(page, qtbot, "K2", LEFT, 17)  # on to 09:00: into both of the others
    assert page.drag.landing is not None
    assert page.drag.landing.verdict is not None
    found = page.drag.landing.verdict.hard
    assert sorted((e.breach.about.subjects, e.breach.amount) for e in found) == [
        (("ARC", "K1", "K2"), 30),
        (("ARC", "K2", "K3"), 30),
    ]
    assert where(page, "K2") == ("SB", 630)


def test_f40_with_two_devices_all_three_are_placed_by_hand(bench: Workbench, qtbot: QtBot) -> None:
    page, document = opened(bench, qtbot, three_rooms(2), *APART)
    nudge(page, qtbot, "K2", LEFT, 24)
    assert where(page, "K2") == ("SB", 540)
    assert broken(document) == []


def test_f40_a_transfer_of_ten_minutes_parts_the_rooms_that_touch(
    bench: Workbench, qtbot: QtBot
) -> None:
    page, document = opened(bench, qtbot, three_rooms(1, delay=10), *APART)
    assert [rule for rule, _ in broken(document)] == ["arc"]  # K1 and K3 touch
    assert "ARC" in spoken(page, "K3")
    nudge(page, qtbot, "K3", RIGHT, 2)
    assert where(page, "K3") == ("SC", 580)
    assert broken(document) == []
