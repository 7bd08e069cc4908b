"""Why a grid changes, in sentences: who wins and loses how many half-days, and the peaks of beds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.clock import WEEK
from planner.hospital import SessionTemplate, SpecialtyId, WardId
from planner.master.cycle import weekday_of
from planner.master.grading import Grade, grade
from planner.master.grid import Grid, Owners, Slot
from planner.words import clock, say

VISIBLE: Final = 0.05
"""Beds by which a peak has to move to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a specialty has of the grid before and after: half-days a cycle, and minutes.

    `asked` are the minutes of its waiting list, `waiting` those without a place. `won` and `lost` are
    the templates that changed hands.
    """

    specialty: SpecialtyId
    before: int
    after: int
    asked: int
    offered: int
    waiting_before: int
    waiting_after: int
    won: tuple[Slot, ...]
    lost: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A grid before and after its owners change."""

    grid: Grid
    owners: Owners
    before: Grade
    after: Grade

    @staticmethod
    def of(grid: Grid, owners: Owners) -> "Comparison":
        """Judge both grids."""
        return Comparison(grid, owners, grade(grid, grid.present), grade(grid, owners))

    @property
    def changed(self) -> tuple[Slot, ...]:
        """Give the templates that change hands."""
        present = self.grid.present
        return tuple(
            slot
            for slot in self.grid.free
            if self.owners[slot.template.id] != present[slot.template.id]
        )

    @property
    def wards(self) -> tuple[WardId, ...]:
        """Give the wards whose beds are not intensive care."""
        return tuple(w.id for w in self.grid.problem.wards if w.kind == "ward")

    def shares(self) -> Iterator[Share]:
        """Give what each specialty has before and after."""
        grid, owners, changed = self.grid, self.owners, self.changed
        for each in grid.specialties:
            kept = [owner for _, owner, _ in grid.fixed if owner == each]
            mine = [slot for slot in grid.free if grid.present[slot.template.id] == each]
            yield Share(
                specialty=each,
                before=_half_days(mine),
                after=_half_days([s for s in grid.free if owners[s.template.id] == each]),
                asked=sum(need.minutes for need in grid.needs.get(each, ())),
                offered=sum(slot.times * slot.minutes for slot in mine) if not kept else 0,
                waiting_before=self.before.waiting.get(each, 0),
                waiting_after=self.after.waiting.get(each, 0),
                won=tuple(s for s in changed if owners[s.template.id] == each),
                lost=tuple(s for s in changed if grid.present[s.template.id] == each),
            )


def _half_days(slots: Sequence[Slot]) -> int:
    return sum(len(slot.days) * len(slot.halves) for slot in slots)


def explained(compared: Comparison, lang: str) -> Iterator[str]:
    """Say what changes and why; one sentence where nothing does."""
    changed = compared.changed
    if not changed:
        yield say("master.none", lang)
        return
    yield say("master.changed", lang, n=len(changed), sessions=sum(slot.times for slot in changed))
    for share in compared.shares():
        if share.won or share.lost:
            yield " ".join(_share(compared, share, lang))
    yield from _beds(compared, lang)


def _share(compared: Comparison, share: Share, lang: str) -> Iterator[str]:
    """Say what a specialty wins or loses, and what becomes of its waiting list."""
    change = share.after - share.before
    what = "master.wins" if change > 0 else "master.loses" if change < 0 else "master.moves"
    weeks = say("master.weeks", lang, n=compared.grid.weeks)
    told = {"specialty": share.specialty, "n": abs(change), "weeks": weeks}
    yield say(what, lang, before=share.before, after=share.after, **told)
    for which, slots in (("master.won", share.won), ("master.lost", share.lost)):
        if slots:
            yield say(which, lang, templates=[template_words(s.template, lang) for s in slots])
    waiting = {"before": share.waiting_before, "after": share.waiting_after}
    if share.waiting_before != share.waiting_after:
        yield say("master.waiting", lang, asked=share.asked, **waiting)
    elif change < 0 and share.offered:
        yield say("master.spare", lang, load=share.asked / share.offered)
    elif not change and compared.after.beds < compared.before.beds:
        yield say("master.levels", lang)


def _beds(compared: Comparison, lang: str) -> Iterator[str]:
    for ward in compared.before.load:
        (before, first), (after, now) = compared.before.peak(ward), compared.after.peak(ward)
        if abs(before - after) >= VISIBLE:
            days = {"was": weekday_words(first, lang), "now": weekday_words(now, lang)}
            yield say("master.peak", lang, ward=ward, before=before, after=after, **days)
    if compared.wards:
        was, will = (each.variance(compared.wards) for each in (compared.before, compared.after))
        yield say("master.variance", lang, before=was, after=will)


def template_words(template: SessionTemplate, lang: str) -> str:
    """Name a template: its theatre, weekday and hours, and its week in a cycle of several."""
    day = say(f"date.weekday.short.{weekday_of(template)}", lang)
    hours = f"{clock(template.start)}–{clock(template.end)}"
    turn = f" ({template.week}/{template.cycle})" if template.cycle > 1 else ""
    return f"{template.theatre} {day} {hours}{turn}"


def weekday_words(day: int, lang: str) -> str:
    """Name the weekday of a day of a cycle."""
    return say(f"date.weekday.long.{day % WEEK}", lang)
