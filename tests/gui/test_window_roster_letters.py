"""Shifts with the same first letter, in cells too narrow for more than one."""

from dataclasses import replace
from typing import Any

import pytest
from board_pages import roster_page, ward_document
from pytestqt.qtbot import QtBot

from planner.changes import Add, ChangeSet
from planner.edits import Record
from planner.hand_edits import Assign
from planner.people import ShiftId
from planner.plain import to_plain
from planner.study import BASE
from ui.window.boards import roster_legend
from ui.window.workbench import Workbench


def test_shifts_that_begin_alike_have_letters_of_their_own(
    bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J9 and J10 are not both a J where there is no more room: J and 1, in the grid and in the legend."""
    document = ward_document(bench)
    page = roster_page(bench, qtbot)
    known = next(shift for shift in document.problem.shifts if shift.id == "J9")
    longer = replace(known, id=ShiftId("J10"), name="Long day")
    change = Add(kind="shift", id="J10", record=to_plain(longer, document.problem.horizon))
    bench.do(Record(scenario=BASE, group=ChangeSet(name="Longer", changes=(change,))))
    bench.do(Assign(scenario=BASE, duties=(("AS-03", 12, "J10"),)))
    shown: list[str] = []
    tile = roster_legend._tile

    def noted(words: str, *more: Any) -> Any:
        shown.append(words)
        return tile(words, *more)

    monkeypatch.setattr(roster_legend, "_tile", noted)
    page.legend.take(page.grid.sheet)
    shown.clear()
    page.grid.fitted.emit(12)
    assert shown[:4] == ["M", "J", "1", "N"]
    words = [entry.words for entry in page.legend.entries]
    assert words[:4] == ["Morning", "J9 · Day", "J10 · Long day", "Night"]
    tiles = page.grid.duties.painter().tiles
    assert tiles.tile("J9", 12, 14).toImage() != tiles.tile("J10", 12, 14).toImage()


def test_the_legend_follows_the_first_and_the_last_duty_of_a_shift(
    bench: Workbench, qtbot: QtBot
) -> None:
    document = ward_document(bench)
    page = roster_page(bench, qtbot)
    known = next(shift for shift in document.problem.shifts if shift.id == "J9")
    longer = replace(known, id=ShiftId("J10"), name="Long day")
    change = Add(kind="shift", id="J10", record=to_plain(longer, document.problem.horizon))
    bench.do(Record(scenario=BASE, group=ChangeSet(name="Longer", changes=(change,))))

    def named() -> bool:
        return "Long day" in page.legend.accessibleName()

    assert not named()
    bench.do(Assign(scenario=BASE, duties=(("AS-03", 12, "J10"),)))
    assert named()
    refreshed = [page.legend.entries]
    bench.do(Assign(scenario=BASE, duties=(("AS-03", 13, "J10"),)))
    assert page.legend.entries is refreshed[0], "nothing is said otherwise"
    document.stack.undo()
    document.stack.undo()
    assert not named()
