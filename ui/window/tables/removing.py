"""Taking records away: what goes with them is said first, and all of it is one step to undo."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from planner.amending import Amend
from planner.changes import Adjust, Change, ChangeSet
from planner.edits import Edit
from planner.hand_edits import Together
from planner.record_words import id_words
from planner.words import clauses, listing, number
from planner.words import day as written_day
from ui.window.dialogs.ask import confirm
from ui.window.document import Document
from ui.window.tables.going import Going
from ui.window.tables.losses import elsewhere_words, loss_words, named, shift_words
from ui.window.tables.record_edits import group_of
from ui.window.workbench import Workbench

FEW: Final = 4
"""How many records of a kind are named that stand in the way."""


def remove_records(bench: Workbench, kind: str, ids: Sequence[str], parent: QWidget) -> bool:
    """Ask, then take records away with what the plans have of them; tell whether it was done."""
    document = bench.document
    if document is None or document.read_only or not ids:
        return False
    going = Going(study=document.study, scenario=document.name, kind=kind, ids=tuple(ids))
    naming = going.named()
    if naming:  # no plan could be judged with links to nothing
        n, told = sum(map(len, naming.values())), _named(bench, document, naming)
        bench.told.emit(bench.say("remove.named", n=n, list=told), True)
        return False
    yes = bench.say("facts.remove")
    if not going.removed:
        yes = bench.say("leaving.do", n=len(going.leaving))
    if not confirm(parent, "\n\n".join(question(bench, document, going)), yes):
        return False
    edit = removal_edit(bench, document, going)
    return edit is not None and bench.do(edit)


def question(bench: Workbench, document: Document, going: Going) -> list[str]:
    """Say what goes, what stays, and which other scenarios it concerns."""
    say, removed = bench.say, going.removed
    told: list[str] = []
    if removed:
        kind, shown = say(f"kind.{going.kind}").lower(), named(bench, [*removed])
        told.append(say("remove.question", kind=kind, ids=shown, n=len(removed)))
    told += _leaving_words(bench, document, going)
    told += loss_words(bench, document, *going.lost(going.scenario))
    gone = Counter(kind for kind, _ in going.records(going.scenario))
    if gone:
        told.append(say("remove.with", n=gone.total(), list=_counted(bench, gone)))
    told += _cover_words(bench, going)
    told += elsewhere_words(bench, going.elsewhere(heirs=True), "remove.heirs")
    return told + elsewhere_words(bench, going.elsewhere(heirs=False))


def _cover_words(bench: Workbench, going: Going) -> list[str]:
    """Say by how much the people needed move where sessions go: the first few, the others counted."""
    moved = [each for each in going.cover() if isinstance(each, Adjust) and each.field == "least"]
    if not moved:
        return []
    words = [f"{each.id} {number(each.delta, bench.lang)}" for each in moved[:FEW]]
    more = [bench.say("reason.more", n=len(moved) - FEW)] if len(moved) > FEW else []
    return [bench.say("remove.cover", n=len(moved), list=" ".join([", ".join(words), *more]))]


def _leaving_words(bench: Workbench, document: Document, going: Going) -> list[str]:
    """Say who gets a last day since she has worked, and which of her shifts stay."""
    leaving, past, horizon = going.leaving, going.past(), document.problem.horizon
    if not leaving:
        return []
    who = named(bench, [*leaving])
    day = written_day(horizon.date(next(iter(leaving.values()))), bench.lang, "short")
    told = [
        bench.say("leaving.question", n=len(leaving), who=who, day=day),
        bench.say("remove.worked", n=len(leaving), who=who),
    ]
    if past:
        words = shift_words(bench, document, past)
        told.append(bench.say("remove.past", n=len(past), list=words))
    return told


def _named(bench: Workbench, document: Document, found: Mapping[str, Sequence[str]]) -> str:
    """Name records by kind: the first few of each, the others are counted."""
    words = []
    for kind, ids in found.items():
        told = [id_words(document.problem, kind, id, bench.lang) for id in ids[:FEW]]
        more = [bench.say("reason.more", n=len(ids) - FEW)] if len(ids) > FEW else []
        words.append(" ".join([bench.say(f"kind.{kind}").lower(), ", ".join(told), *more]))
    return clauses(words, bench.lang)


def _counted(bench: Workbench, found: dict[str, int]) -> str:
    words = [
        f"{n} {bench.say(f'kinds.{kind}' if n > 1 else f'kind.{kind}').lower()}"
        for kind, n in found.items()
    ]
    return listing(words, bench.lang)


def removal_edit(bench: Workbench, document: Document, going: Going) -> Edit | None:
    """Give the edit that takes records away, and what the plans have of them; None: nothing to do."""
    edits: list[Edit] = []
    records: list[Edit] = []
    for name in going.heirs:
        edits += going.plan_edits(name)
        changes = going.changes(name)
        if changes:
            records.append(Amend(scenario=name, group=_group(bench, document, changes)))
    if not edits and not records:
        return None
    return Together(edits=(*edits, *records), named=len(edits) if records else 0)


def _group(bench: Workbench, document: Document, changes: tuple[Change, ...]) -> ChangeSet:
    """Put changes of several kinds into a group named for those of the kind that was meant."""
    first = [each for each in changes if each.kind == changes[0].kind]
    alike = [each for each in first if type(each) is type(first[0])]
    return ChangeSet(name=group_of(bench, document, alike).name, changes=changes)
