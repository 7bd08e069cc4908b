"""What an indicator (KPI) is: a function of an outcome, with a unit and a direction.

An indicator file is one family under `@kpi`. What it returns says how it adds up: `Amounts` is a sum
over cases, sessions, people … whose difference between two plans can be split into causes; `Ratio`
sums numerators and denominators (never an average of percentages); a plain number stands alone.
`Groups` is one such figure for each priority class, ward ….
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Literal, NamedTuple, TypeAlias

from planner.cached import cached
from planner.forecast import Forecast, Outlook
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.score import Judgement, Score, judge, judging
from planner.view import RosterView, TheatreView

Key: TypeAlias = tuple[str, str]
"""What an amount belongs to: kind (case, session, surgeon, staff, cover, ward, rule, contract) and id."""
Amounts: TypeAlias = Mapping[Key, int]


class Ratio(NamedTuple):
    """Numerator over denominator, each a sum; not available where the denominator is 0."""

    over: int
    under: int


Figure: TypeAlias = Amounts | Ratio | float | int | None


class Groups(NamedTuple):
    """A figure for each record of a kind (a priority class, a ward), by its id."""

    kind: str
    figures: Mapping[str, Figure]


Better: TypeAlias = Literal["more", "less", "none"]
Unit: TypeAlias = Literal[
    "minute", "per cent", "day", "case", "session", "bed", "bed-day", "patient", "person", "wish",
    "night", "weekend", "change", "duty", "breach", "point", "index", "money",
]  # fmt: skip


class Outcome:
    """A problem with a plan: everything that an indicator may read, worked out once.

    `reference` is the outcome that it is compared with, None where it stands alone. `forecast` is
    what was simulated last, of this plan or of one before it.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        waivers: Sequence[Waiver] = (),
        reference: "Outcome | None" = None,
        forecast: Forecast | None = None,
    ) -> None:
        self.problem = problem
        self.plan = plan
        self.waivers = waivers
        self.reference = reference
        self.forecast = forecast
        self.under_way = False
        """Whether somebody is auditing it elsewhere."""
        self._own: Outcome | None = None
        self._auditing = Lock()

    def against(self, reference: "Outcome") -> "Outcome":
        """Give the same outcome beside another; what is worked out for one serves both."""
        beside = Outcome(self.problem, self.plan, self.waivers, reference, self.forecast)
        beside._own = self if self._own is None else self._own
        return beside

    @cached
    def theatre(self) -> TheatreView:
        """The placements, indexed."""
        return TheatreView(self.problem, self.plan) if self._own is None else self._own.theatre

    @cached
    def roster(self) -> RosterView:
        """The duties, indexed."""
        return RosterView(self.problem, self.plan) if self._own is None else self._own.roster

    @cached
    def outlook(self) -> Outlook:
        """What the forecast says of the plan as it is."""
        return Outlook(self.theatre, self.forecast) if self._own is None else self._own.outlook

    @property
    def audited(self) -> bool:
        """Whether its plan has been audited."""
        return "judgement" in self.__dict__ if self._own is None else self._own.audited

    @property
    def waits(self) -> bool:
        """Whether its audit is under way elsewhere: what can do without it for a moment does not ask."""
        return not self.audited and (self if self._own is None else self._own).under_way

    @cached
    def judgement(self) -> Judgement:
        """The audit of the plan; who asks while a thread makes it waits for that one."""
        if self._own is not None:
            return self._own.judgement
        with self._auditing:
            if "judgement" not in self.__dict__:
                found = judge(self.problem, self.plan, self.waivers, views=self._views())
                self.__dict__["judgement"] = found
            return self.__dict__["judgement"]  # type: ignore[no-any-return]

    @cached
    def figures(self) -> dict[str, "Figure | Groups"]:
        """What indicators were found to say of the plan alone, by name."""
        return {} if self._own is None else self._own.figures

    @cached
    def tried(self) -> dict[str, Score | None]:
        """What other plans cost in the same facts, by their digest; None: no less than this one."""
        return {} if self._own is None else self._own.tried

    def figure(self, kpi: "Kpi") -> "Figure | Groups":
        """Give what an indicator finds, worked out once; anew where it depends on the reference."""
        if kpi.compares:
            return kpi.figure(self)
        known = self.figures
        if kpi.name not in known:
            known[kpi.name] = kpi.figure(self)
        return known[kpi.name]

    def auditing(self) -> Iterator[None]:
        """Audit the plan rule by rule, for who does other things between them."""
        if self._own is not None:
            yield from self._own.auditing()
        elif "judgement" not in self.__dict__:
            for found in judging(self.problem, self.plan, self.waivers, views=self._views()):
                if found is None:
                    yield
                else:
                    self.__dict__["judgement"] = found

    def _views(self) -> dict[str, RosterView | TheatreView]:
        return {"theatre": self.theatre, "roster": self.roster}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """An indicator; its title and definition are the messages `kpi.NAME` and `kpi.NAME.definition`.

    `compares`: it reads the outcome's reference. `defined`: what in the facts says how it is reckoned;
    figures that are reckoned otherwise are not compared.
    """

    name: str
    unit: Unit
    better: Better
    part: str
    profiles: tuple[str, ...]
    figure: Callable[[Outcome], Figure | Groups]
    compares: bool = False
    defined: Callable[[Problem], object] | None = None


def grouped(found: Figure | Groups) -> Mapping[str, Figure]:
    """Give figures by the id of their group, a single one under ""."""
    return found.figures if isinstance(found, Groups) else {"": found}


def value(figure: Figure) -> float | int | None:
    """Give the number of a figure: a sum, a share in per cent, or the number itself."""
    if isinstance(figure, Ratio):
        return None if figure.under == 0 else 100 * figure.over / figure.under
    if isinstance(figure, Mapping):
        return sum(figure.values())
    return figure


KPIS: Final[dict[str, Kpi]] = {}
PROFILES: Final = ("fr", "nhs", "us")

Indicator: TypeAlias = Callable[[Outcome], Figure | Groups]


def kpi(
    name: str,
    *,
    unit: Unit,
    better: Better,
    part: Literal["theatre", "roster", "all"],
    profiles: tuple[str, ...] = PROFILES,
    compares: bool = False,
    defined: Callable[[Problem], object] | None = None,
) -> Callable[[Indicator], Indicator]:
    """Register an indicator under a name; `unit` is what its value counts.

    `compares`: it reads the reference of the outcome. `defined`: what of the facts says how it is
    reckoned (weights of rules, say): a difference between two that are reckoned otherwise says nothing.
    """

    def register(figure: Indicator) -> Indicator:
        KPIS[name] = Kpi(
            name=name,
            unit=unit,
            better=better,
            part=part,
            profiles=profiles,
            figure=figure,
            compares=compares,
            defined=defined,
        )
        return figure

    return register
