"""In a study with a clock every placed case has a start time."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("needs_start")
@dataclass(frozen=True, kw_only=True)
class NeedsStart(Rule[TheatreView, TheatreSpace]):
    """A placed case has a start; one breach a case. Silent in a study without a clock.

    A start is no code of a cell, so only the audit says this; sequencing gives every case a start.
    """

    unit, reach = "occurrence", "case"
    family = "sessions"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        if not view.problem.clock:
            return
        for placed in view.placed(self.scope):
            if placed.start is None:
                about = About("no_start", (placed.case.id,), placed.session.day, placed.session.day)
                yield Breach(about, 1, {"case": placed.case.id, "session": placed.session.id})
