"""The outcomes that a comparison sets side by side, gathered from any number of targets."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.audits import Audits
from data.entrants import (
    Entrant,
    entrants,
    file_names,
    one_period,
    published_entrant,
    stale_mark,
)
from data.state import true_path
from data.study_file import Opened
from planner.astray import Astray, astray
from planner.compare import Comparison, Stale, compare
from planner.comparison_words import stale_sentences
from planner.kpis.contract import Outcome
from planner.published import to_tell
from planner.publishing import Publishing
from planner.study import Pin
from ui.cli.sentences import Told
from ui.cli.speech import lang
from ui.cli.targets import Target, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Outcomes by the name that they are shown under; `stale` are those of plans out of date.

    `searched` are the processor seconds of search behind the plans, `late` how much their costs
    still fell at its end, `pins` those in force, `audits` where what is found of each is kept,
    `sealed` the studies under a passphrase, `astray` how many of their changes miss what they were made for.
    """

    outcomes: Mapping[str, Outcome]
    reference: str
    pins: Mapping[str, Sequence[Pin]] = field(default_factory=dict)
    stale: tuple[Stale, ...] = ()
    title: str = ""
    searched: Mapping[str, float] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    audits: Mapping[str, Audits] = field(default_factory=dict)
    sealed: Sequence[Opened] = ()
    astray: Mapping[str, Astray] = field(default_factory=dict)


@contextmanager
def unswept() -> Iterator[None]:
    """Look for no rubbish meanwhile: a study is a million values without cycles, and looking takes long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def gather(targets: Sequence[str], reference: str | None, reading: str | None) -> Sides:
    """Read all targets; a bare file means all of its scenarios.

    Raises:
        Told: there is no such scenario, or the reference is none of the targets' files.
    """
    wanted = [Target.of(words) for words in targets]
    first = None if reference is None else Target.of(reference)
    named = [*wanted, *([first] if first else [])]
    files = {true_path(target.path): target.path for target in reversed(named)}
    called = file_names(files.values())
    sides: dict[str, Entrant] = {}
    base = ""
    told: set[Path] = set()
    sealed: dict[Path, Opened] = {}
    for target in named:
        true = true_path(target.path)
        loaded = load(target, reading, told=true in told)
        told.add(true)
        if loaded.opened.seal is not None:
            sealed[true] = loaded.opened
        with loaded.opened:
            # A reference without a scenario is the base of its file, not all of them.
            names = loaded.names(every=target is not first)
            file = "" if len(files) == 1 else called[files[true]]
            found = entrants(loaded.opened, names, file=file)
            if target is first or not base:
                base = found[0].name
            for side in found:
                sides.setdefault(side.name, side)
    if not one_period(side.outcome for side in sides.values()):
        raise Told("cli.compare.other_period")
    title = ", ".join(dict.fromkeys(str(target.path) for target in named))
    return replace(_sides(sides.values(), base, title), sealed=[*sealed.values()])


def beside_published(words: str, reading: str | None) -> tuple[Sides, Publishing | None]:
    """Set a scenario beside what went out, and say whom publishing it now would tell what.

    Raises:
        Told: there is no such scenario, or nothing of it is published.
    """
    target = Target.of(words)
    loaded = load(target, reading)
    with loaded.opened as opened:
        name = loaded.scenario().name
        out = published_entrant(opened, name, lang())
        if out is None:
            raise Told("cli.compare.none_published", scenario=name)
        sides = _sides((out, *entrants(opened, [name])), out.name, str(target.path))
        sealed = () if opened.seal is None else (opened,)
        sides = replace(
            sides, sealed=sealed, searched={}, late={}
        )  # nobody chooses between the two
        return sides, to_tell(opened.study, name, lang())


def _sides(found: Iterable[Entrant], reference: str, title: str) -> Sides:
    """Set sides beside each other, the reference first."""
    sides = sorted(found, key=lambda side: side.name != reference)
    return Sides(
        outcomes={side.name: side.outcome for side in sides},
        reference=reference,
        pins={side.name: side.pins for side in sides},
        stale=tuple(side.stale for side in sides if side.stale is not None),
        title=title,
        searched={side.name: side.searched for side in sides if side.searched is not None},
        late={side.name: side.late for side in sides if side.late is not None},
        audits={side.name: side.audits for side in sides},
        astray={side.name: astray(side.study, side.scenario) for side in sides},
    )


def reasons(opened: Opened, name: str) -> list[str]:
    """Say what was changed since the plan of a scenario was made; nothing where it is up to date."""
    mark = stale_mark(opened, name)
    return [] if mark is None else [*stale_sentences(mark, lang())][1:]


def of_study(opened: Opened, reference: str, known: Mapping[str, Outcome]) -> Sides:
    """Set all scenarios of a study at hand side by side; `known` are outcomes worked out already."""
    names = [each.name for each in opened.study.scenarios]
    return _sides(entrants(opened, names, known=known), reference, opened.study.name)


def compared(sides: Sides, profile: str | None = None) -> Comparison:
    """Compare, and keep what was found of each side for the next time."""
    found = compare(
        sides.outcomes,
        sides.reference,
        profile=profile,
        stale=[mark.scenario for mark in sides.stale],
        reasons=sides.stale,
        pins=sides.pins,
    )
    for name, audits in sides.audits.items():
        audits.remember([sides.outcomes[name]])
    return replace(found, searched=sides.searched, late=sides.late)
