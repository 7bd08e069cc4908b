"""Sick calls: who is away, what is left without her, who may stand in, and whom to tell."""

from planner.sick.call import Called, SickCall, call_sick, is_sick_call, read_sick_call
from planner.sick.standing import Cell, Repaired, StandIns, adopting, stand_ins

__all__ = [
    "Called",
    "Cell",
    "Repaired",
    "SickCall",
    "StandIns",
    "adopting",
    "call_sick",
    "is_sick_call",
    "read_sick_call",
    "stand_ins",
]
