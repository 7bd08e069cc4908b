"""The journal to be read: each line in words, of a kind, and whether its state can be made again."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from data.csv.cells import guarded
from data.deltas import reachable
from data.journal import Entry
from data.saving import put
from data.study_file import Opened
from planner.naming import folded
from planner.words import known, say

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "facts": frozenset(
        {
            *("edit_record", "edit_switch_on", "edit_switch_off", "edit_reorder", "edit_drop"),
            *("edit_lift", "edit_inherit", "edit_drop_one", "edit_lift_one"),
        }
    ),
    "plan": frozenset(
        {
            *("edit_adopt", "edit_assign", "edit_place", "edit_take_out", "edit_roll_out"),
            *("edit_roll_out_all", "edit_repair", "edit_forecast", "edit_pins", "edit_waive"),
        }
    ),
    "scenario": frozenset({"edit_branch", "edit_delete", "edit_rename", "edit_take_back"}),
    "publishing": frozenset(
        {
            *("edit_propose", "edit_approve", "edit_withdraw", "edit_publish", "edit_appoint"),
        }
    ),
    "file": frozenset(
        {
            *("journal.created", "journal.imported", "journal.demo", "journal.next_period"),
            *(
                "journal.merged",
                "journal.shared",
                "journal.shared_named",
                "journal.shared_nameless",
                "journal.reopened",
                "journal.purged",
                "journal.let_go",
            ),
        }
    ),
}
"""What lines are about; undoing and doing again are of the kind of what was undone."""
OTHER: Final = "other"
COLUMNS: Final = (
    *("line", "made", "who", "kind", "what", "scenarios", "reason", "status", "run", "seed"),
    *("action", "versions"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line in words of a language; `reopens`: the study can be made again as it was after it.

    `who` did it, by the account or in whose name; `reason` is what somebody typed, or why Opale did it
    by itself.
    """

    entry: Entry
    who: str
    said: str
    reason: str
    kind: str
    reopens: bool

    @property
    def people(self) -> tuple[str, ...]:
        """The account, and the name that it declared."""
        return tuple(filter(None, (self.entry.author, _declared(self.entry))))

    @property
    def when(self) -> datetime | None:
        """When it was, by the clock here."""
        try:
            return datetime.fromisoformat(self.entry.made).astimezone()
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines are wanted; what is empty wants all. Days are included, and those of the clock here."""

    who: str = ""
    scenario: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""

    def takes(self, line: Line) -> bool:
        """Tell whether a line is wanted."""
        entry, when = line.entry, line.when
        if self.who and folded(self.who) not in folded(_people(entry)):
            return False
        if self.scenario and self.scenario not in entry.scenarios:
            return False
        if self.kind and self.kind != line.kind:
            return False
        if (self.since or self.until) and when is None:
            return False
        if self.since and when is not None and when.date() < self.since:
            return False
        if self.until and when is not None and when.date() > self.until:
            return False
        return all(word in _letters(line) for word in folded(self.text).split())


def lines_of(opened: Opened, lang: str) -> tuple[Line, ...]:
    """Give the lines of a study's journal in words, the oldest first.

    Raises:
        Refused: a line holds what we never write.
    """
    there = reachable(opened.connection)
    return tuple(
        Line(
            entry=entry,
            who=_who(entry, lang),
            said=sentence(entry, lang),
            reason=_reason(entry, lang),
            kind=kind_of(entry),
            reopens=entry.number in there,
        )
        for entry in opened.history()
    )


_BACK: Final = ("journal.undone", "journal.redone")
"""Lines of steps that were taken back or done again: `what` is the step."""


def kind_of(entry: Entry) -> str:
    """Give the kind of a line; that of a step taken back is the step's own."""
    back = entry.action in _BACK
    action = str(entry.parameters.get("what", entry.action)) if back else entry.action
    return next((kind for kind, actions in KINDS.items() if action in actions), OTHER)


def sentence(entry: Entry, lang: str) -> str:
    """Say what a line did."""
    facts = {str(name): value for name, value in entry.parameters.items()}
    if entry.action in _BACK and "what" in facts:
        what = str(facts.pop("what"))
        return say(f"{entry.action}_of", lang, what=say(what, lang, **facts))
    return say(entry.action, lang, **facts)


def _reason(entry: Entry, lang: str) -> str:
    ours = f"reason.{entry.reason}"
    return say(ours, lang) if known(ours) else entry.reason


def _who(entry: Entry, lang: str) -> str:
    """Say who did it: an account, or the name that it declared."""
    name = _declared(entry)
    return say("sign.by_name", lang, name=name, account=entry.author) if name else entry.author


def _people(entry: Entry) -> str:
    """Give who did it, and in whose name."""
    return f"{entry.author} {_declared(entry)}"


def _declared(entry: Entry) -> str:
    signed = entry.parameters.get("signature")
    name = signed.get("name") if isinstance(signed, dict) else None
    return name if isinstance(name, str) and name != entry.author else ""


def _letters(line: Line) -> str:
    entry = line.entry
    cells = (line.said, line.reason, _people(entry), *entry.scenarios, *_texts(entry.parameters))
    return folded(" ".join(cells))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)


def as_plain(line: Line) -> dict[str, Any]:
    """Give a line as plain values."""
    entry = line.entry
    return {
        "line": entry.number,
        "made": entry.made,
        "who": entry.author,
        "kind": line.kind,
        "what": line.said,
        "scenarios": list(entry.scenarios),
        "reason": line.reason,
        "status": entry.status,
        "run": entry.run,
        "seed": entry.seed,
        "action": entry.action,
        "parameters": entry.parameters,
        "fingerprints": entry.fingerprints,
        "versions": entry.versions,
        "reopens": line.reopens,
    }


def write_csv(lines: Iterable[Line], path: Path) -> None:
    """Write lines for a spreadsheet, in one step.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """

    def write(fresh: Path) -> None:
        with fresh.open("w", encoding="utf-8-sig", newline="") as file:
            _rows(lines, file)

    put(write, path)


def _rows(lines: Iterable[Line], file: TextIO) -> None:
    rows = csv.writer(file, delimiter=";")
    rows.writerow(COLUMNS)
    for line in lines:
        found = as_plain(line) | {"scenarios": ", ".join(line.entry.scenarios), "who": line.who}
        found["versions"] = " ".join(f"{name} {v}" for name, v in line.entry.versions.items())
        cells = ("" if found[name] is None else str(found[name]) for name in COLUMNS)
        rows.writerow([guarded(cell) for cell in cells])
