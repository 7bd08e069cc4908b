"""Taking records away: what goes with them is said first, and all of it is one step to undo."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from planner.changes import Change, ChangeSet
from planner.going import Going
from planner.going_words import FEW, consequences, named
from planner.record_words import id_words
from planner.words import clauses
from planner.words import day as written_day
from ui.window.dialogs.ask import confirm
from ui.window.document import Document
from ui.window.tables.record_edits import group_of
from ui.window.workbench import Workbench


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
    edit = going.edit(lambda changes: _group(bench, document, changes))
    return edit is not None and bench.do(edit)


def question(bench: Workbench, document: Document, going: Going) -> list[str]:
    """Say what goes, what stays, and which other scenarios it concerns."""
    say, removed, leaving = bench.say, going.removed, going.leaving
    told: list[str] = []
    if removed:
        kind, shown = say(f"kind.{going.kind}").lower(), named([*removed], bench.lang)
        told.append(say("remove.question", kind=kind, ids=shown, n=len(removed)))
    if leaving:
        day = document.problem.horizon.date(next(iter(leaving.values())))
        words = written_day(day, bench.lang, "short")
        who = named([*leaving], bench.lang)
        told.append(say("leaving.question", n=len(leaving), who=who, day=words))
    return told + consequences(going, bench.lang, bench.called)


def _named(bench: Workbench, document: Document, found: Mapping[str, Sequence[str]]) -> str:
    """Name records by kind: the first few of each, the others are counted."""
    words = []
    for kind, ids in found.items():
        told = [id_words(document.problem, kind, id, bench.lang) for id in ids[:FEW]]
        more = [bench.say("reason.more", n=len(ids) - FEW)] if len(ids) > FEW else []
        words.append(" ".join([bench.say(f"kind.{kind}").lower(), ", ".join(told), *more]))
    return clauses(words, bench.lang)


def _group(bench: Workbench, document: Document, changes: tuple[Change, ...]) -> ChangeSet:
    """Put changes of several kinds into a group named for those of the kind that was meant."""
    first = [each for each in changes if each.kind == changes[0].kind]
    alike = [each for each in first if type(each) is type(first[0])]
    return ChangeSet(name=group_of(bench, document, alike).name, changes=changes)
