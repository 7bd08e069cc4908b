"""Beds per ward and day, in wards and in intensive care (T26, T27)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts, nights
from planner.hospital import Ward, WardId
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("ward_beds")
@dataclass(frozen=True, kw_only=True)
class WardBeds(Rule[TheatreView, TheatreSpace]):
    """The cases' nights fit into the beds that a ward has left; a unit is a bed-day too many.

    `kind` chooses the wards: usually a hard rule for "intensive" and a soft one for "ward". A bed
    is needed on the day on which the night begins. Only days of the horizon are judged: what is
    taken later is not known. A ward that is shut on a day has no bed.
    """

    kind: str = choice("ward", "ward", "intensive")
    unit, reach = "bed", None
    family, scoped = "recovery_beds", "ward"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for ward in self._meant(view.facts):
            for day in view.days:
                beds, free = view.beds(ward.id, day), view.facts.beds(ward, day)
                if beds > free:
                    facts: dict[str, int | str] = {"ward": ward.id, "beds": beds, "free": free}
                    about = About("ward_full", (ward.id,), day, day)
                    yield Breach(about, beds - free, facts | {"day": day})

    def _meant(self, facts: Facts) -> Iterator[Ward]:
        for ward in facts.problem.wards:
            if ward.kind == self.kind and self.scope.holds({"ward": frozenset({ward.id})}):
                yield ward

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        wards = {ward.id: ward for ward in self._meant(space.facts)}
        last_day = space.problem.horizon.last
        tables: dict[tuple[WardId, int], dict[int, int]] = defaultdict(dict)
        cells: dict[tuple[WardId, int], dict[int, None]] = defaultdict(dict)
        for case in space.cases:
            if not wards.keys() & {case.ward, case.intensive}:
                continue
            cell = space.cell_of[case.id]
            for day, codes in space.days_of(cell).items():
                ones = dict.fromkeys(codes, 1)
                for id, first, last in nights(case, day):
                    if id in wards:
                        for night in range(max(first, 0), min(last, last_day) + 1):
                            tables[id, night].update(ones)
                            cells[id, night][cell] = None
        for (id, day), table in tables.items():
            about = About("ward_full", (id,), day, day)
            hi = space.facts.beds(wards[id], day)
            yield Linear(about, ((tuple(cells[id, day]), table),), hi=hi)
