"""Taking records away: what goes with them is said first, and all of it is one step to undo."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from planner.amending import Amend
from planner.changes import Remove
from planner.edits import Edit
from planner.fields import KINDS, specs
from planner.hand_edits import Assign, TakeOut, Together
from planner.plan import Duty, Placement
from planner.problem import RECORD_KINDS
from planner.words import listing
from ui.window.dialogs.ask import confirm
from ui.window.document import Document
from ui.window.tables.losses import SHOWN, elsewhere_words, loss_words
from ui.window.tables.record_edits import group_of
from ui.window.workbench import Workbench


def remove_records(bench: Workbench, kind: str, ids: Sequence[str], parent: QWidget) -> bool:
    """Ask, then take records away with what the plan has of them; tell whether it was done."""
    document = bench.document
    if document is None or document.read_only or not ids:
        return False
    duties, placements = lost(document, kind, ids)
    question = [
        bench.say(
            "remove.question",
            kind=bench.say(f"kind.{kind}"),
            ids=listing(ids[:SHOWN], bench.lang),
            n=len(ids),
        )
    ]
    question += loss_words(bench, document, duties, placements)
    naming = named_by(document, kind, ids)
    if naming:
        counted = [
            f"{n} {bench.say(f'kinds.{each}' if n > 1 else f'kind.{each}').lower()}"
            for each, n in naming.items()
        ]
        told = listing(counted, bench.lang)
        question.append(bench.say("remove.named", n=sum(naming.values()), list=told))
    question += elsewhere_words(bench, document, elsewhere(document, kind, ids))
    if not confirm(parent, "\n\n".join(question), bench.say("facts.remove")):
        return False
    return bench.do(removal(bench, document, kind, ids))


def removal(bench: Workbench, document: Document, kind: str, ids: Sequence[str]) -> Edit:
    """Give the edit that takes records away, and what the plan has of them."""
    duties, placements = lost(document, kind, ids)
    changes = tuple(Remove(kind=kind, id=id) for id in ids)
    edits: list[Edit] = []
    if duties:
        off = tuple((duty.person, duty.day, None) for duty in duties)
        edits.append(Assign(scenario=document.name, duties=off))
    if placements:
        cases = frozenset(placement.case for placement in placements)
        edits.append(TakeOut(scenario=document.name, cases=cases))
    record = Amend(scenario=document.name, group=group_of(bench, document, changes))
    return record if not edits else Together(edits=(*edits, record))


def lost(document: Document, kind: str, ids: Sequence[str]) -> tuple[list[Duty], list[Placement]]:
    """Give the duties and placements of the plan that would lose their person, case or session."""
    plan, gone = document.scenario.plan, frozenset(ids)
    duties = [d for d in plan.duties if kind == "staff" and d.person in gone]
    duties += [d for d in plan.duties if kind == "shift" and d.shift in gone]
    place = {"case": 0, "session": 1, "surgeon": 2}.get(kind)
    placements = [] if place is None else [p for p in plan.placements if p[place] in gone]
    return duties, placements


def named_by(document: Document, kind: str, ids: Sequence[str]) -> dict[str, int]:
    """Count the records that stay and name the ones that go, by kind: they will be faults."""
    gone, found = frozenset(ids), dict[str, int]()
    for other in RECORD_KINDS:
        fields = [spec for spec in specs(KINDS[other]) if spec.link == kind and spec.name != "id"]
        names = [(spec.name, spec.form == "links") for spec in fields]
        if other == "absence" and kind in ("staff", "surgeon"):
            names.append(("person", False))
        for record in document.problem.records(other) if names else ():
            values = ((getattr(record, name), many) for name, many in names)
            if any(gone & value if many else value in gone for value, many in values):
                found[other] = found.get(other, 0) + 1
    return found


def elsewhere(document: Document, kind: str, ids: Sequence[str]) -> list[str]:
    """Name the other scenarios whose plans use the records."""
    gone, found = frozenset(ids), []
    for scenario in document.study.scenarios:
        if scenario.name == document.name:
            continue
        used: set[str] = set()
        if kind in ("staff", "shift"):
            used = {d.person if kind == "staff" else d.shift for d in scenario.plan.duties}
        place = {"case": 0, "session": 1, "surgeon": 2}.get(kind)
        if place is not None:
            used = {str(p[place]) for p in scenario.plan.placements}
        if used & gone:
            found.append(scenario.name)
    return found
