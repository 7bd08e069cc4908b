"""Last days of work that changes set: shifts after them lose their person, wherever they are inherited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.changes import Change, Set
from planner.edits import Edit, EditRefusedError, Switch
from planner.going import Inherited, late
from planner.hand_edits import Assign, Together
from planner.plan import Duty
from planner.study import Study


def switching(
    study: Study, scenario: str, group: str, *, on: bool
) -> "tuple[Edit, Leaving | None]":
    """Give the edit that switches a group of changes, with what plans lose by last days in it."""
    edit = Switch(scenario=scenario, group=group, enabled=on)
    groups = study.scenario(scenario).changes if on else ()
    changes = [change for each in groups if each.name == group for change in each.changes]
    leaving = Leaving.of(study, scenario, edit, changes)
    return (edit, None) if leaving is None else (leaving.whole, leaving)


@dataclass(frozen=True, kw_only=True)  # without slots: what is lost is found once
class Leaving(Inherited):
    """Last days that are set in a scenario by an edit, and what plans lose by it."""

    edit: Edit
    sets: tuple[Set, ...]

    @classmethod
    def of(
        cls, study: Study, scenario: str, edit: Edit, changes: Iterable[Change]
    ) -> "Leaving | None":
        """Look for last days among the changes that an edit records; None: it sets none."""
        sets = tuple(
            each
            for each in changes
            if isinstance(each, Set)
            and (each.kind, each.field) == ("staff", "last")
            and each.value is not None
        )
        return cls(study=study, scenario=scenario, edit=edit, sets=sets) if sets else None

    @cached_property
    def last(self) -> dict[str, int]:
        """The last days by person."""
        day = self.study.base.horizon.day
        return {str(each.id): day(date.fromisoformat(str(each.value))) for each in self.sets}

    @cached_property
    def lost(self) -> dict[str, list[Duty]]:
        """The duties after last days, by scenario: its own, and those that inherit the day.

        Nothing is lost where the edit is refused.
        """
        try:
            after = self.edit.apply(self.study)
        except EditRefusedError:
            return {}
        found = {name: late(after, name, self.last) for name in self.heirs}
        return {name: duties for name, duties in found.items() if duties}

    @property
    def whole(self) -> Edit:
        """The edit, with all that it takes out of plans in the same step."""
        taken = (
            Assign(scenario=name, duties=tuple((duty.person, duty.day, None) for duty in duties))
            for name, duties in self.lost.items()
        )
        return Together(edits=(self.edit, *taken)) if self.lost else self.edit

    def elsewhere(self) -> list[str]:
        """Name the scenarios that do not inherit the days, and whose plans have shifts after them."""
        mine = self.heirs
        return [
            each.name
            for each in self.study.scenarios
            if each.name not in mine
            and any(duty.day > self.last.get(duty.person, duty.day) for duty in each.plan.duties)
        ]
