"""What an indicator (KPI) is: a function of an outcome, with a unit and a direction.

An indicator file is one family under `@kpi`. What it returns says how it adds up: `Amounts` is a sum
over cases, sessions, people … whose difference between two plans can be split into causes; `Ratio`
sums numerators and denominators (never an average of percentages); a plain number stands alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.score import Judgement, judge
from planner.view import RosterView, TheatreView

Key: TypeAlias = tuple[str, str]
"""What an amount belongs to: kind (case, session, staff, cover, ward-day …) and id."""
Amounts: TypeAlias = Mapping[Key, int]


class Ratio(NamedTuple):
    """Numerator over denominator, each a sum; not available where the denominator is 0."""

    over: int
    under: int


Figure: TypeAlias = Amounts | Ratio | float | int | None
Better: TypeAlias = Literal["more", "less", "none"]


class Outcome:
    """A problem with a plan: everything that an indicator may read, worked out once."""

    def __init__(self, problem: Problem, plan: Plan, waivers: Sequence[Waiver] = ()) -> None:
        self.problem = problem
        self.plan = plan
        self.waivers = waivers

    @cached_property
    def theatre(self) -> TheatreView:
        """The placements, indexed."""
        return TheatreView(self.problem, self.plan)

    @cached_property
    def roster(self) -> RosterView:
        """The duties, indexed."""
        return RosterView(self.problem, self.plan)

    @cached_property
    def judgement(self) -> Judgement:
        """The audit of the plan."""
        return judge(self.problem, self.plan, self.waivers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """An indicator; its title and definition are the messages `kpi.NAME` and `kpi.NAME.definition`."""

    name: str
    unit: str
    better: Better
    part: str
    profiles: tuple[str, ...]
    figure: Callable[[Outcome], Figure]

    def value(self, outcome: Outcome) -> float | int | None:
        """Give the value for an outcome, None where it is not available."""
        return value(self.figure(outcome))


def value(figure: Figure) -> float | int | None:
    """Give the number of a figure: a sum, a share in per cent, or the number itself."""
    if isinstance(figure, Ratio):
        return None if figure.under == 0 else 100 * figure.over / figure.under
    if isinstance(figure, Mapping):
        return sum(figure.values())
    return figure


KPIS: Final[dict[str, Kpi]] = {}
PROFILES: Final = ("fr", "nhs", "us")


def kpi(
    name: str,
    *,
    unit: str,
    better: Better,
    part: Literal["theatre", "roster", "all"],
    profiles: tuple[str, ...] = PROFILES,
) -> Callable[[Callable[[Outcome], Figure]], Callable[[Outcome], Figure]]:
    """Register an indicator under a name; `unit` is a word such as minute or case."""

    def register(figure: Callable[[Outcome], Figure]) -> Callable[[Outcome], Figure]:
        KPIS[name] = Kpi(
            name=name, unit=unit, better=better, part=part, profiles=profiles, figure=figure
        )
        return figure

    return register
