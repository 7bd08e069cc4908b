"""Copy this file to begin a rule type: one sentence that says what the rule is about.

The files of this folder are found by themselves; one that begins with an underscore is not. A rule
type is whole when it has its file, its table of situations in `tests/planner`, its sentences in
both languages (`rules_roster.po`; family, parameters and what it asks in `rule_words.po`), and the
contract tests agree that its two voices say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


# Registered with @rule("template") above @dataclass, once it is no template any more.
@dataclass(frozen=True, kw_only=True)
class Template(Rule[RosterView, RosterSpace]):
    """At most `most` days with `tag` in the horizon; say what a unit of the amount is.

    Say what happens at the edges: unknown days, the past, a clock change.
    """

    tag: str = shift_tag("work")
    most: int = whole(20, unit="day", high=400)
    unit, reach = "day", "person"
    family = "hours"  # what the window lists it under

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            days = sum(view.works(person.id, day, self.tag) for day in range(view.horizon.days))
            if days > self.most:
                about = About("days_many", (person.id,), 0, view.horizon.last)
                facts = {"count": days, "limit": self.most}
                yield Breach(about, days - self.most, {**facts, "tag": self.tag})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for person in space.people(self.scope):
            days = range(space.last + 1)
            on = tuple((space.idle(person.id, day, self.tag), -1) for day in days)
            about = About("days_many", (person.id,), 0, space.last)
            yield Linear(about, features=on, hi=self.most - len(on))
