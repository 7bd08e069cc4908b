"""What must not come on days that follow one another: a night then a day, one lone rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.fields import words
from planner.people import ShiftId
from planner.rules.blocks import About, Linear, Never, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView

ANY, OFF, WORK = "*", "-", "work"


@rule("forbidden_sequence")
@dataclass(frozen=True, kw_only=True)
class ForbiddenSequence(Rule[RosterView, RosterSpace]):
    """The days of `pattern` do not follow one another; a unit is one time that they do.

    A word a day: a tag or shift (`night`), one of several (`night/late`), `-` a day without a shift
    tagged work, `*` any day. "night - work" forbids a lone day of rest after a night.
    """

    pattern: tuple[str, ...] = words(("night", "day"))
    reach = "person"
    family = "rhythm"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        length = len(self.pattern)
        words = list(enumerate(self.pattern))
        for person in view.people(self.scope):
            for first in range(1 - length, view.horizon.last - length + 2) if length else ():
                for place, word in words:  # most sequences end with the first of their days
                    day = first + place
                    if not view.known(person.id, day) or not self._fits(view, person.id, day, word):
                        break
                else:
                    days = list(enumerate(self.pattern, start=first))
                    facts = {
                        "pattern": " ".join(self.pattern),
                        "found": self._found(view, person.id, days),
                    }
                    about = About("sequence", (person.id,), first, first + length - 1)
                    yield Breach(about, 1, facts)

    def _fits(self, view: RosterView, person: str, day: int, word: str) -> bool:
        if word == OFF:
            return not view.works(person, day, WORK)
        return word == ANY or any(view.works(person, day, tag) for tag in word.split("/"))

    def _found(self, view: RosterView, person: str, days: list[tuple[int, str]]) -> str:
        shifts = ("+".join(s.id for s in view.shifts(person, day)) or OFF for day, _ in days)
        return " ".join(shifts)

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        wanted = [
            (place, word, frozenset[ShiftId]().union(*map(space.facts.shift_ids, self._tags(word))))
            for place, word in enumerate(self.pattern)
            if word != ANY
        ]
        if not self.pattern or any(word != OFF and not shifts for _, word, shifts in wanted):
            return  # no shift has the tag
        if any(word != OFF and len(space.tracks_of(s)) > 1 for _, word, s in wanted):
            yield from self._spread(space, wanted)
            return
        tests = [
            (place, space.tracks_of(s), space.others(s) if word == OFF else space.code_set(s))
            for place, word, s in wanted
        ]
        for person in space.people(self.scope):
            cells = [
                (place, space.by_day(person.id, tracks), codes) for place, tracks, codes in tests
            ]
            for first in space.windows(person.id, len(self.pattern)):
                about = About("sequence", (person.id,), first, first + len(self.pattern) - 1)
                yield Never(
                    about, tuple((days[first + place], codes) for place, days, codes in cells)
                )

    def _spread(
        self, space: RosterSpace, wanted: list[tuple[int, str, frozenset[ShiftId]]]
    ) -> Iterator[Row]:
        """Say it with features: that one of several tracks has a shift is no conjunction."""
        rests = sum(word == OFF for _, word, _ in wanted)
        for person in space.people(self.scope):
            for first in space.windows(person.id, len(self.pattern)):
                about = About("sequence", (person.id,), first, first + len(self.pattern) - 1)
                days = [(first + place, word, shifts) for place, word, shifts in wanted]
                terms = [
                    (space.none_of(person.id, day, day, shifts), 1 if word == OFF else -1)
                    for day, word, shifts in days
                ]
                yield Linear(about, features=tuple(terms), hi=rests - 1)

    def _tags(self, word: str) -> list[str]:
        return [WORK] if word == OFF else word.split("/")
