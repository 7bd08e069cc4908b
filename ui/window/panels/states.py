"""How a scenario stands: base, open, published, out of date, broken; its icon and its reasons."""

from collections import deque
from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from data.journal import recorded
from planner.change_set_words import group_words
from planner.changes import ChangeSet
from planner.compare import Stale
from planner.comparison_words import stale_sentences
from planner.live import difference
from planner.plan import Plan
from planner.published import went_out
from planner.signatures import APPROVED, DRAFT, PROPOSED, PUBLISHED
from planner.staleness import staleness
from planner.standing import Standing, standing
from planner.study import Study
from planner.words import say
from ui.window.document import Document

_KEPT: Final = 8
STATE_ICONS: Final = {
    DRAFT: ("file-document-edit-outline", "ink2"),
    PROPOSED: ("file-send-outline", "accent"),
    APPROVED: ("file-check-outline", "accent"),
    PUBLISHED: ("check-decagram-outline", "accent"),
}
"""The icon of each state on the way to being published, and its token."""


class State(NamedTuple):
    """What stands beside a scenario's name; `broken` counts changes without a target."""

    base: bool
    published: bool
    stale: bool
    broken: int
    standing: Standing = Standing()

    @property
    def icon(self) -> tuple[str, str]:
        """Give the icon and its token, the gravest state first."""
        if self.broken:
            return "link-variant-off", "hard"
        if self.stale:
            return "clock-alert-outline", "stale"
        if self.base:
            return "database-outline", "ink2"
        if self.published:
            return "check-decagram-outline", "accent"
        return "source-branch", "ink2"


def state(study: Study, name: str) -> State:
    """Tell how a scenario of a study stands."""
    scenario = study.scenario(name)
    own = {group.name for group in scenario.changes}
    broken = sum(n.state == "broken" and n.set_name in own for n in study.notes(name))
    return State(
        base=scenario.parent is None,
        published=scenario.published is not None and scenario.published == scenario.plan,
        stale=study.stale(name),
        broken=broken,
        standing=standing(study, name),
    )


class Apart(NamedTuple):
    """What stands elsewhere in a plan than in its parent's: cases, and days of people."""

    cases: tuple[str, ...] = ()
    duties: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cases or self.duties)


def apart(document: Document, name: str) -> Apart:
    """Say what a scenario's plan has elsewhere than its parent's; nothing where one has no plan."""
    study = document.study
    scenario = study.scenario(name)
    if scenario.parent is None:
        return Apart()
    return _between(document, study.scenario(scenario.parent).plan, scenario.plan)


def unlike_published(document: Document, name: str) -> Apart:
    """Say what a scenario's plan has elsewhere than the published one that holds for it."""
    study = document.study
    found = went_out(study, name)
    if found is None:
        return Apart()
    return _between(document, found.plan, study.scenario(name).plan)


def _between(document: Document, before: Plan, after: Plan) -> Apart:
    """Say what a plan has elsewhere than the one before it; nothing where one is no plan."""
    if (
        before is after
        or not (before.sessions or before.days)
        or not (after.sessions or after.days)
    ):
        return Apart()
    told_before = _known.setdefault(document, _Known()).apart
    for one, other, answer in told_before:
        if one is before and other is after:
            return answer
    found = difference(before, after)
    told = Apart(
        tuple(dict.fromkeys(str(each.case) for each in found.placements)),
        tuple(dict.fromkeys((str(each.person), each.day) for each in found.duties)),
    )
    told_before.append((before, after, told))
    return told


class _Known:
    """What was read of a document's journal, and the answers given, for as long as they hold."""

    def __init__(self) -> None:
        self.base: object = None
        self.recorded: Sequence[ChangeSet] = ()
        self.answers: list[tuple[tuple[Any, ...], Stale | None]] = []
        self.apart: deque[tuple[Plan, Plan, Apart]] = deque(maxlen=2 * _KEPT)
        """Banner, tree and changes all ask, at each edit."""


_known: Final[WeakKeyDictionary[Document, _Known]] = WeakKeyDictionary()


def stale(document: Document, name: str | None = None) -> Stale | None:
    """Say what moved on since the plan of a scenario (the open one) was made, None: it is up to date.

    The journal is read once for each state of the base: only what is recorded there is asked of it.
    """
    name = document.name if name is None else name
    study = document.study
    if not study.stale(name):
        return None
    kept = _known.setdefault(document, _Known())
    if kept.base is not study.base:
        kept.base, kept.recorded = study.base, recorded(document.opened.history())
        kept.answers.clear()
    key = (name, study.scenario(name).made_for, study.problem(name))
    for before, answer in kept.answers:
        if before[:2] == key[:2] and before[2] is key[2]:
            return answer
    found = staleness(study, name, kept.recorded)
    kept.answers.insert(0, (key, found))
    del kept.answers[_KEPT:]
    return found


def count(found: Stale, lang: str) -> int:
    """Count the reasons: what was changed by its name, else fact by fact; 0: nobody knows."""
    if found.groups:
        return len(found.groups)
    return len(list(stale_sentences(found, lang, 10_000))) - 1 if found.inputs else 0


def reasons(found: Stale, lang: str, most: int = 4) -> list[str]:
    """Give the reasons in short: what was changed by its name, else fact by fact."""
    if found.groups:
        shown = [group_words(name, lang) for name in found.groups[:most]]
        rest = len(found.groups) - most
        return [*shown, say("stale.more", lang, n=rest)] if rest > 0 else shown
    return list(stale_sentences(found, lang, most))[1:]


def details(found: Stale, lang: str) -> list[str]:
    """Give the reasons at length, fact by fact."""
    groups = tuple(group_words(name, lang) for name in found.groups)
    return list(stale_sentences(found._replace(groups=groups), lang))[1:]
