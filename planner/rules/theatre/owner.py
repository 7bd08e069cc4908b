"""Sessions are their owners' until they are given back (T08)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About, Price
from planner.rules.contract import EVERYONE, Breach, Rule, choice, rule
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.view import TheatreView


@rule("owner")
@dataclass(frozen=True, kw_only=True)
class Owner(Rule[TheatreView, TheatreSpace]):
    """A case is of a specialty that owns its session, and of the surgeon that the session names.

    `when` "before": in sessions that are not given back by the study's `as_of`, usually hard;
    "after": in those that are, usually soft. One unit for each of the two that is not so. A
    session without owners is open to all.
    """

    when: str = choice("before", "before", "after")
    unit, reach = "occurrence", "case"
    family, scoped = "sessions", "session"

    def applies(self, facts: Facts, session: Session) -> bool:
        """Tell whether this rule judges a session."""
        return facts.released(session) == (self.when == "after") and self.scope.holds(
            facts.session_tags[session.id]
        )

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(EVERYONE):
            session, case = placed.session, placed.case
            if self.applies(view.facts, session):
                facts: dict[str, int | str] = {
                    "case": case.id,
                    "session": session.id,
                    "specialty": case.specialty,
                    "owners": ", ".join(sorted(session.owners)),
                    "surgeon": session.surgeon or "",
                }
                for what in _strange(case, placed.surgeon, session):
                    yield Breach(About(what, (case.id,), session.day, session.day), 1, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        sessions = [
            session
            for session in space.problem.sessions
            if (session.owners or session.surgeon) and self.applies(space.facts, session)
        ]
        strange: dict[str, list[tuple[Option, int]]] = {"not_owner": [], "not_session_surgeon": []}
        for session in sessions:
            owners, surgeons = session.owners, (None, session.surgeon)
            for option in space.into(session):
                if owners and option.case.specialty not in owners:
                    strange["not_owner"].append((option, 1))
                if session.surgeon is not None and option.surgeon not in surgeons:
                    strange["not_session_surgeon"].append((option, 1))
        for what, found in strange.items():
            yield from priced(space, what, found)


def _strange(case: Case, surgeon: str | None, session: Session) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    if session.owners and case.specialty not in session.owners:
        found = ("not_owner",)
    if session.surgeon is not None and surgeon not in (None, session.surgeon):
        found = (*found, "not_session_surgeon")
    return found
