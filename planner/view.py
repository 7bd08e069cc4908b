"""What rules and KPIs read: a problem and a plan, indexed, and narrowed to an area when asked.

`people(scope)`, `sessions(scope)` and `placed(scope)` show the area only; `everyone()` and
`all_placed()` stay whole, for rules that look at others to judge one.
"""

from planner.roster_view import RosterView, Worked
from planner.theatre_view import Placed, TheatreView

__all__ = ["Placed", "RosterView", "TheatreView", "Worked"]
