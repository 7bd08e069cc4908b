"""What a rule is, what it says when broken, and how the audit asks it.

A rule type is one file in a folder of `planner/rules`, one frozen dataclass under `@rule("type")`.
The audit of `breaches` is the truth; `prices`, `rows` and `timing` say the same to the engines.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NamedTuple, Protocol, TypeVar

from planner import fields
from planner.fields import choice, flag, shift_tag, text, whole
from planner.rules.blocks import About, Area, Price, Row

if TYPE_CHECKING:
    from planner.rules.timing import TheatreDay, Verb

__all__ = [
    "EVERYONE",
    "RULES",
    "Breach",
    "Rule",
    "Scope",
    "Waiver",
    "audit",
    "choice",
    "flag",
    "rule",
    "shift_tag",
    "text",
    "whole",
]

OCCURRENCE: Final = 720
"""Default weight of an occurrence, day, bed or person; a minute weighs 1."""


class Breach(NamedTuple):
    """A rule broken: what it is about, by how many units, and the facts of the sentence."""

    about: About
    amount: int
    facts: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom or what a rule is for: any tag within a kind, all kinds together; empty is everyone.

    `tags` are sorted (kind, tags) pairs.
    """

    tags: tuple[tuple[str, frozenset[str]], ...] = ()

    @staticmethod
    def of(**kinds: Iterable[str]) -> "Scope":
        """Make a scope from tags by kind: `Scope.of(contract=["FPH"], role=["IADE"])`."""
        return Scope(tuple((kind, frozenset(kinds[kind])) for kind in sorted(kinds)))

    def holds(self, carried: Mapping[str, frozenset[str]]) -> bool:
        """Tell whether something that carries these tags (by kind) is meant."""
        # Asked for everybody by every rule: a generator takes twice as long.
        for kind, wanted in self.tags:  # noqa: SIM110
            if wanted.isdisjoint(carried.get(kind, _NONE)):
                return False
        return True


_NONE: Final[frozenset[str]] = frozenset()
EVERYONE: Final = Scope()


class View(Protocol):
    """What an audit needs of a view: to be narrowed to an area."""

    def narrow(self, area: Area) -> Any:
        """Give the same view, showing the subjects of an area only where a rule asks by scope."""


V = TypeVar("V")
S = TypeVar("S")
RULES: Final[dict[str, type["Rule[Any, Any]"]]] = {}
"""Rule type → class; filled by `planner.rules.catalogue()`."""


@dataclass(frozen=True, kw_only=True)
class Rule(Generic[V, S]):
    """A rule in force. Tier 0 is hard; 1 to 4 are soft. One rule has one weight and one tier.

    `source` says where it comes from; `expert` names the parameters whose values are experience all
    the same, and no law.

    `unit` is what one unit of its amount is. `reach` names whose breaches an edit can change: its
    `person`, its `case`, its `session`, or anyone's (None). `shares`: what it asks of one depends on
    whether others are there, whatever the roster (fair shares). `family` is what it is listed under,
    its part unless it says otherwise; its words are the message `family.NAME`. `scoped` is what its
    scope tells apart (a key of `planner.rule_words.carried`), what it reaches unless it says so.
    """

    id: str = fields.key()
    tier: int = whole(0, low=0, high=4)
    weight: int | None = whole(None, high=1_000_000, optional=True)
    scope: Scope = fields.scope(EVERYONE)
    enabled: bool = flag(True)
    title_fr: str = text("")
    title_en: str = text("")
    source: str = text("", high=400)
    expert: frozenset[str] = fields.tags()

    type: ClassVar[str] = ""
    part: ClassVar[str] = ""
    family: ClassVar[str] = ""
    scoped: ClassVar[str] = ""
    unit: ClassVar[str] = "occurrence"
    reach: ClassVar[str | None] = None
    shares: ClassVar[bool] = False

    @property
    def price(self) -> int:
        """The weight of a unit: its own, or 720 an occurrence, 1 a minute and 1 of money."""
        if self.weight is not None:
            return self.weight
        return 1 if self.unit in ("minute", "money") else OCCURRENCE

    @property
    def hard(self) -> bool:
        """Whether the rule is law, physics or safety."""
        return self.tier == 0

    def breaches(self, view: V) -> Iterable[Breach]:
        """Yield what is broken: itemised, minute-exact; judges what the view shows."""
        raise NotImplementedError

    def prices(self, space: S) -> Iterable[Price]:
        """Yield codes that cost something by themselves; those of a hard rule close the domain."""
        return ()

    def rows(self, space: S) -> Iterable[Row]:
        """Yield the blocks that say the same as `breaches` to the engines."""
        return ()

    def repeats(self, space: S) -> bool:
        """Tell whether `rows` says the same of any two people whose past is known on the same days.

        Only their cells differ then, so that it is asked about one of them.
        """
        return False

    def timing(self, day: "TheatreDay") -> Iterable["Verb"]:
        """Yield what the rule says about clock times of one theatre day."""
        return ()


def rule(type: str) -> Callable[[type[Any]], type[Any]]:
    """Register a rule class under its type name; stands above `@dataclass`."""

    def register(cls: Any) -> Any:
        cls.type = type
        cls.part = cls.__module__.split(".")[-2]
        cls.family = cls.family or cls.part
        cls.scoped = cls.scoped or cls.reach or ""
        RULES[type] = cls
        return cls

    return register


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A hard breach that somebody accepts, with a reason: up to `most` units of each breach inside."""

    rule: str
    subjects: frozenset[str]
    first: int
    last: int
    most: int
    reason: str
    author: str
    made: date

    def covers(self, about: About) -> bool:
        """Tell whether a breach lies inside the days and concerns nobody but the subjects."""
        inside = self.first <= about.first and about.last <= self.last
        return inside and self.subjects.issuperset(about.subjects)


def audit(rule: Rule[Any, Any], view: View, area: Area | None = None) -> list[Breach]:
    """List the breaches of a rule, all of them or those that meet an area, in a fixed order.

    A rule without `reach` is asked about all subjects on the days of the area.
    """
    if area is None:
        found = list(rule.breaches(view))
    else:
        shown = view.narrow(Area(None, *area[1:]) if rule.reach is None else area)
        found = [breach for breach in rule.breaches(shown) if area.meets(breach.about)]
    return sorted(found, key=lambda breach: breach.about)
