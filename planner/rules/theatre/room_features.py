"""A case goes into a theatre that has what it needs: laminar flow, robot, shielding (T14)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("room_features")
@dataclass(frozen=True, kw_only=True)
class RoomFeatures(Rule[TheatreView, TheatreSpace]):
    """A theatre has the features that a procedure asks for; a unit is a feature that it lacks."""

    unit, reach = "occurrence", "case"
    family = "rooms"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            there = view.facts.theatres[session.theatre].features
            lacks = sorted(view.facts.procedures[case.procedure].features - there)
            if lacks:
                about = About("room_lacks", (case.id,), session.day, session.day)
                facts: dict[str, int | str] = {
                    "case": case.id,
                    "theatre": session.theatre,
                    "features": ", ".join(lacks),
                }
                yield Breach(about, len(lacks), facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        theatres, procedures = space.facts.theatres, space.facts.procedures
        needs = {
            case.id: procedures[case.procedure].features for case in space.cases_in(self.scope)
        }
        lacks = (
            (option, len(features - theatres[option.session.theatre].features))
            for case, features in needs.items()
            if features
            for option in space.options_of(case)
        )
        return priced(space, "room_lacks", lacks)
