"""A case goes into a theatre that has what it needs: laminar flow, robot, no latex (T14, T16)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner import fields
from planner.cases import Case
from planner.facts import Facts
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("room_features")
@dataclass(frozen=True, kw_only=True)
class RoomFeatures(Rule[TheatreView, TheatreSpace]):
    """A theatre has the features that a procedure asks for; a unit is a feature that it lacks.

    With `features` these are what the cases of the scope need, and what their procedures ask for is
    another rule's.
    """

    features: frozenset[str] = fields.tags()
    unit, reach = "occurrence", "case"
    family = "rooms"

    def needs(self, facts: Facts, case: Case) -> frozenset[str]:
        """Give what a theatre must have for a case: a fact for both voices."""
        return self.features or facts.procedures[case.procedure].features

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            there = view.facts.theatres[session.theatre].features
            lacks = sorted(self.needs(view.facts, case) - there)
            if lacks:
                about = About("room_lacks", (case.id,), session.day, session.day)
                facts: dict[str, int | str] = {
                    "case": case.id,
                    "theatre": session.theatre,
                    "features": ", ".join(lacks),
                }
                yield Breach(about, len(lacks), facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        theatres = space.facts.theatres
        needs = {case.id: self.needs(space.facts, case) for case in space.cases_in(self.scope)}
        lacks = (
            (option, len(features - theatres[option.session.theatre].features))
            for case, features in needs.items()
            if features
            for option in space.options_of(case)
        )
        return priced(space, "room_lacks", lacks)
