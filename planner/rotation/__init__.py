"""Rotations: weeks that come back, worked in turn by their people, and what they are on real dates.

Cycles are counted from one Monday, the same in every study (`planner.clock.FIRST_MONDAY`), so that
the next period goes on where this one stopped. No rule reads a rotation: rules judge the roster.
"""

from planner.rotation.rollout import LeftOut, RolledOut, RollOut, rolled_out
from planner.rotation.wheel import Wheel, wheel

__all__ = ["LeftOut", "RollOut", "RolledOut", "Wheel", "rolled_out", "wheel"]
