"""What a hand does to a roster, as edits: letters, days off, passing on, pins, keeping with a reason."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from planner.boards.roster import RosterRows
from planner.edits import Edit, Waive
from planner.facts import facts
from planner.hand_edits import Assign, Together, assigned
from planner.kpis.contract import Outcome
from planner.live import would_break
from planner.people import StaffMember
from planner.pinning import stretches
from planner.problem import Problem
from planner.rostering import ShiftType
from planner.score import Judged
from ui.window.boards.pinning import pin
from ui.window.boards.waiving import waiver
from ui.window.workbench import Workbench

QUICK: Final = 800
"""Milliseconds within which a second letter belongs to the first."""
Place = tuple[str, int]
"""A person and a day."""
Given = tuple[str, int, str | None]


class Verdict(NamedTuple):
    """What moving duties would do: what is given to whom, what breaks, what is mended."""

    given: tuple[Given, ...]
    new: tuple[Judged, ...]
    gone: tuple[Judged, ...]

    @property
    def hard(self) -> tuple[Judged, ...]:
        """What breaks a rule that must be kept."""
        return tuple(each for each in self.new if each.rule.hard and each.cost > 0)

    @property
    def soft(self) -> tuple[Judged, ...]:
        """What breaks a wish."""
        return tuple(each for each in self.new if not each.rule.hard and each.cost > 0)


class Typing:
    """Letters typed into cells: quick ones together name a shift, as `J` and `1` do `J10`.

    What begins no shift goes on with the word before, however slow the hand is.
    """

    def __init__(self) -> None:
        self._typed, self._at = "", 0
        self._where: Place | None = None

    def forget(self) -> None:
        """Begin a new word with the next letter."""
        self._typed, self._where = "", None

    def press(
        self, text: str, at: int, here: Place, problem: Problem
    ) -> tuple[ShiftType, Place] | None:
        """Take a letter typed at a moment (milliseconds) into a cell; give the shift and its cell.

        A letter that goes on with the word before changes the cell of that word; the hand has not
        left it for another cell than the next one.
        """
        person = facts(problem).staff.get(here[0])  # type: ignore[call-overload]  # ids are strings
        found, where = starting(problem, text, person), self._where
        quick = 0 <= at - self._at <= QUICK
        if where is not None and here in (where, (where[0], where[1] + 1)):
            longer = starting(problem, self._typed + text, person)
            if longer is not None and (quick or found is None):
                self._typed, self._at = self._typed + text, at
                return longer, where
        if found is None:
            self.forget()
            return None
        self._typed, self._at, self._where = text, at, here
        return found, here


def starting(problem: Problem, typed: str, person: StaffMember | None = None) -> ShiftType | None:
    """Give the shift that some letters mean: of that id, else the first one that begins with them.

    Shifts that the person may work come first, those of the track of work before others.
    """
    word = typed.casefold()
    found = [shift for shift in problem.shifts if shift.id.casefold().startswith(word)]
    allowed = frozenset() if person is None else person.shifts

    def rank(shift: ShiftType) -> tuple[bool, bool, bool]:
        may = not allowed or shift.id in allowed
        return shift.id.casefold() != word, not may, "work" not in shift.tags

    return min(found, key=rank, default=None)


class Hand:
    """Does the edits of a roster board on the open scenario."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.typing = Typing()

    # --- what may be done ---------------------------------------------------------------------

    def may(self) -> bool:
        """Tell whether the roster may be changed now; say why not."""
        document = self.bench.document
        if document is None:
            return False
        if document.provisional is not None:
            self.bench.told.emit(self.bench.say("roster.provisional"), True)
            return False
        return True

    def judged(self, given: Sequence[Given]) -> Verdict:
        """Say what giving some duties would break and mend."""
        document = self.bench.document
        assert document is not None
        known: Outcome = document.outcome()
        tracks = {str(shift.id): shift.track for shift in document.problem.shifts}
        plan = assigned(known.plan, tuple(given), tracks)
        change = would_break(known, plan)
        return Verdict(tuple(given), change.new, change.gone)

    # --- doing --------------------------------------------------------------------------------

    def give(self, places: Iterable[Place], shift: str | None) -> bool:
        """Give a shift, or days off; into one row it is one step to undo."""
        given = tuple((person, day, shift) for person, day in places)
        if not given or not self.may() or self.bench.document is None:
            return False
        name = self.bench.document.name
        people = {person for person, _, _ in given}
        burst = f"roster/{name}/{min(people)}" if len(people) == 1 and shift else ""
        return self.bench.do(Assign(scenario=name, duties=given), burst=burst)

    def move(self, given: Sequence[Given], keep: Sequence[Judged] = (), reason: str = "") -> bool:
        """Give several duties at once, and accept what they break, with a reason."""
        if not given or not self.may() or self.bench.document is None:
            return False
        name = self.bench.document.name
        edits: list[Edit] = [Assign(scenario=name, duties=tuple(given))]
        edits += [Waive(scenario=name, waiver=waiver(each, reason)) for each in keep]
        return self.bench.do(
            Together(edits=tuple(edits)) if len(edits) > 1 else edits[0], reason=reason
        )

    def keep(self, breaches: Sequence[Judged], reason: str) -> bool:
        """Accept hard breaches with a written reason."""
        if not breaches or not self.may() or self.bench.document is None:
            return False
        name = self.bench.document.name
        edits = [Waive(scenario=name, waiver=waiver(each, reason)) for each in breaches]
        edit: Edit = Together(edits=tuple(edits)) if len(edits) > 1 else edits[0]
        return self.bench.do(edit, reason=reason)

    def pin(self, places: Sequence[Place]) -> bool:
        """Pin some days of people, or free them where all are pinned here."""
        return pin(self.bench, stretches(places))


def exchanged(rows: RosterRows, source: Place, target: Place) -> tuple[Given, ...]:
    """Give what moves when all duties of a cell go to another one.

    What is there on the same tracks comes back in exchange.
    """
    carried = rows.view.shifts(*source)
    if not carried or source == target:
        return ()
    tracks = {shift.track for shift in carried}
    back = [shift for shift in rows.view.shifts(*target) if shift.track in tracks]
    clear: list[Given] = [(*source, None)]
    there: list[Given] = [(*target, str(shift.id)) for shift in carried]
    return (*clear, *there, *((*source, str(shift.id)) for shift in back))
