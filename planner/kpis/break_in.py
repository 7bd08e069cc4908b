"""How long an emergency may have to wait for a theatre: break-in moments (T30)."""

from collections import defaultdict
from itertools import pairwise

from planner.kpis.contract import Outcome, kpi


@kpi("break_in_gap", unit="minute", better="less", part="theatre")
def break_in_gap(outcome: Outcome) -> int | None:
    """Give the longest stretch of a day on which no case ends, from the first start to the last end.

    A theatre is free for an emergency when a case ends. Days with a case without a start are passed
    over; None where no day is left.
    """
    days: dict[int, list[tuple[int, int]]] = defaultdict(list)
    passed_over: set[int] = set()
    for placed in outcome.theatre.all_placed():
        if placed.begin is None or placed.over is None:
            passed_over.add(placed.session.day)
        else:
            days[placed.session.day].append((placed.begin, placed.over))
    gaps = [_widest(times) for day, times in days.items() if day not in passed_over]
    return max(gaps, default=None)


def _widest(times: list[tuple[int, int]]) -> int:
    moments = [min(start for start, _ in times), *sorted(end for _, end in times)]
    return max(later - earlier for earlier, later in pairwise(moments))
