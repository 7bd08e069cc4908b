"""What the rule says, in one line, with its number in the catalogue of constraints (T00)."""

# Copy this file to the name of the new rule type and fill it in; a name that begins with an
# underscore is no rule. Then: the lines `rule.NAME` and one a message id in both
# `locale/*/LC_MESSAGES/rules_theatre.po`, `says.NAME`, `brief.NAME` and new parameters in
# `rule_words.po`, a hand-made table in `tests/planner`, examples in `packs/theatre_charter.toml`, a
# line in `rules/README.md`. The contract tests find it themselves.

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("most_cases")
@dataclass(frozen=True, kw_only=True)
class MostCases(Rule[TheatreView, TheatreSpace]):
    """A session has at most `most` cases; a unit is a case too many.

    Say what an edge counts as, what is judged without starts, and which facts are passed over.
    """

    most: int = whole(6, unit="case", low=1, high=40)  # a parameter: unit and bounds make its form
    unit, reach = "case", "session"  # whose breaches an edit can change: its case, session, or None
    family = "sessions"  # what the window lists it under; left out: its part

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        """The truth: plain counting over what the view shows, one breach an item."""
        for session in view.sessions(self.scope):
            cases = len(view.inside(session))
            if cases > self.most:
                about = About("most_cases", (session.id,), session.day, session.day)
                facts: dict[str, int | str] = {"session": session.id, "cases": cases}
                yield Breach(about, cases - self.most, facts | {"most": self.most})

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        """The same to the engines, item by item; shares facts with the audit, never a count."""
        for session in space.sessions(self.scope):
            into = space.into(session)
            load = (space.cells_of(into), dict.fromkeys([option.code for option in into], 1))
            about = About("most_cases", (session.id,), session.day, session.day)
            yield Linear(about, (load,), hi=self.most)
