"""Pinning by hand: one step that pins, or sets free where all is pinned, and says what it did."""

from collections.abc import Sequence

from planner.edits import EditRefusedError
from planner.pin_words import tally
from planner.pinning import KINDS, covered, toggled
from planner.study import Pin
from ui.window.workbench import Workbench


def pin(bench: Workbench, wanted: Sequence[Pin]) -> bool:
    """Pin all of these, or set them free; what is pinned elsewhere is said. Tell whether it was done."""
    document, say = bench.document, bench.say
    if document is None:
        return False
    if not wanted:
        bench.told.emit(say("pin.nothing"), True)
        return False
    there = are_pinned(bench, wanted)
    try:
        edit = toggled(document.study, document.name, wanted)
    except EditRefusedError as error:
        bench.told.emit(bench.sentence(error), True)
        return False
    if not bench.do(edit):
        return False
    what = tally(wanted, bench.lang)
    bench.told.emit(say("pin.freed" if there else "pin.set", what=what), False)
    return True


def are_pinned(bench: Workbench, wanted: Sequence[Pin]) -> bool:
    """Tell whether all of these are pinned, here or by a parent."""
    document = bench.document
    there = () if document is None else document.study.pins(document.name)
    return bool(wanted) and all(covered(pin, there) for pin in wanted)


def pin_words(bench: Workbench, wanted: Sequence[Pin]) -> str:
    """Name what F4 would do now."""
    return bench.say("pin.unpin" if are_pinned(bench, wanted) else "pin.pin")


def pin_record(bench: Workbench) -> bool:
    """Pin the records that are selected in a table, or set them free."""
    now = bench.selection.now
    kind = "person" if now.kind == "staff" else now.kind
    there = kind in KINDS and kind != "day"
    return pin(bench, [Pin(kind=kind, id=id) for id in now.ids] if there else ())
