"""Generic faults planted in a rule's two voices; the laws must notice every one of them.

Here are those in prices, in the audit, in waivers and in the reach of a rule; those in rows and
verbs have files of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from contract_checks import Voices
from contract_drawing import Sample
from contract_mutants_rows import feature_mutants, row_mutants
from contract_mutants_verbs import verb_mutants
from contract_planting import ELSEWHERE, Change, Mutant, elsewhere, other_code, swap
from contract_voices import largest

from planner.rules.blocks import Price
from planner.rules.contract import Breach, Rule

# --- prices --------------------------------------------------------------------------------------


def _one_price(change: Callable[[Random, Sample, Price], Sequence[Price]], last: bool) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        if not said.prices:
            return said
        at = len(said.prices) - 1 if last else rng.randrange(len(said.prices))
        new = change(rng, sample, said.prices[at])
        return replace(said, prices=swap(said.prices, at, *new))

    return changed


def _priced_code(more: bool) -> Callable[[Random, Sample, Price], Sequence[Price]]:
    def changed(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        ((_, codes),) = other_code(more=more)(rng, sample, ((price.cells, price.codes),))
        return (price._replace(codes=codes),)

    return changed


def _fewer_priced(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
    if not price.cells:
        return (price,)
    return (price._replace(cells=swap(price.cells, rng.randrange(len(price.cells)))),)


def _price_mutants() -> Iterator[Mutant]:
    def gone(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return ()

    def twice(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price, price)

    def dearer(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price._replace(amount=price.amount + 1),)

    def doubled(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price._replace(amount=price.amount * 2),)

    def renamed(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price._replace(what=f"{price.what}_other"),)

    yield Mutant("last price dropped", "prices", _one_price(gone, last=True))
    yield Mutant("a price dropped", "prices", _one_price(gone, last=False))
    yield Mutant("a price twice", "prices", _one_price(twice, last=False))
    yield Mutant("price + 1", "prices", _one_price(dearer, last=False))
    yield Mutant("price x 2", "prices", _one_price(doubled, last=False))
    yield Mutant("price with another message", "prices", _one_price(renamed, last=False))
    yield Mutant("a cell less in a price", "prices", _one_price(_fewer_priced, last=False))
    yield Mutant("a code more in a price", "prices", _one_price(_priced_code(True), last=False))
    yield Mutant("a code less in a price", "prices", _one_price(_priced_code(False), last=False))


# --- the audit -----------------------------------------------------------------------------------


def _one_breach(change: Callable[[Random, Breach], Sequence[Breach]], last: bool = False) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        if not said.breaches:
            return said
        at = len(said.breaches) - 1 if last else rng.randrange(len(said.breaches))
        return replace(said, breaches=swap(said.breaches, at, *change(rng, said.breaches[at])))

    return changed


def _breaches(keep: Callable[[Sample, Breach], bool]) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        return replace(said, breaches=tuple(b for b in said.breaches if keep(sample, b)))

    return changed


def _breach_about(how: str) -> Callable[[Random, Breach], Sequence[Breach]]:
    return lambda rng, breach: (breach._replace(about=elsewhere(breach.about, how)),)


def _factless(rng: Random, breach: Breach) -> Sequence[Breach]:
    if not breach.facts:
        return (breach,)
    gone = rng.choice(sorted(breach.facts))
    return (breach._replace(facts={name: f for name, f in breach.facts.items() if name != gone}),)


def _far_fact(rng: Random, breach: Breach) -> Sequence[Breach]:
    names = [name for name in breach.facts if name == "day" or name.endswith("_day")]
    if not names:
        return (breach,)
    return (breach._replace(facts={**breach.facts, names[0]: breach.about.last + 1}),)


def _audit_mutants() -> Iterator[Mutant]:
    def dearer(by: int) -> Callable[[Random, Breach], Sequence[Breach]]:
        return lambda rng, breach: (breach._replace(amount=breach.amount + by),)

    def doubled(rng: Random, breach: Breach) -> Sequence[Breach]:
        return (breach._replace(amount=breach.amount * 2),)

    yield Mutant("audit skips last", "audit", _one_breach(lambda r, b: (), last=True))
    yield Mutant("audit skips one", "audit", _one_breach(lambda r, b: ()))
    yield Mutant("audit says one twice", "audit", _one_breach(lambda r, b: (b, b)))
    yield Mutant("audit amount + 1", "audit", _one_breach(dearer(1)))
    yield Mutant("audit amount - 1", "audit", _one_breach(dearer(-1)))
    yield Mutant("audit amount x 2", "audit", _one_breach(doubled))
    for how in ELSEWHERE:
        yield Mutant(f"audit about {how}", "audit", _one_breach(_breach_about(how)))
    yield Mutant(
        "audit forgets history", "heard history", _breaches(lambda s, b: b.about.first >= 0)
    )
    yield Mutant(
        "audit skips the end",
        "audit",
        _breaches(lambda s, b: b.about.last < s.problem.horizon.last),
    )
    yield Mutant("a fact less", "facts", _one_breach(_factless))
    yield Mutant("a day fact outside", "day facts", _one_breach(_far_fact))


SAID: Final = (
    *row_mutants(),
    *feature_mutants(),
    *_price_mutants(),
    *verb_mutants(),
    *_audit_mutants(),
)
"""The mutants of what a rule says."""


# --- waivers and reach ---------------------------------------------------------------------------


class Wrapped:
    """A rule that says a fault whenever it is asked: another reach, or other items."""

    def __init__(self, rule: Rule[Any, Any], reach: str | None = None, how: str = "") -> None:
        self._rule, self._how = rule, how
        self.reach = reach or rule.reach

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rule, name)

    def breaches(self, view: Any) -> Iterator[Breach]:
        for breach in self._rule.breaches(view):
            about = elsewhere(breach.about, self._how) if self._how else breach.about
            yield breach._replace(about=about)


@dataclass(frozen=True)
class Forgiving:
    """A wrong way to take waivers off."""

    name: str
    forgiven: Callable[[Sequence[int]], int]
    soft_too: bool = False


FORGIVING: Final = (
    Forgiving("waivers ignored", lambda covers: 0),
    Forgiving("a waiver forgives one more", lambda covers: max(covers) + 1 if covers else 0),
    Forgiving("waivers summed", sum),
    Forgiving("the smallest waiver", lambda covers: min(covers, default=0)),
    Forgiving("soft rules waived too", largest, soft_too=True),
)

REACHES: Final = {"roster": ("person",), "theatre": ("case", "session")}
"""What a rule with reach None would say if its reach were too narrow."""
