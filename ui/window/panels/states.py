"""How a scenario stands: base, open, published, out of date, broken; its icon and its reasons."""

from typing import NamedTuple

from data.journal import recorded
from planner.compare import Stale
from planner.comparison_words import stale_sentences
from planner.staleness import staleness
from planner.study import Study
from planner.words import say
from ui.window.document import Document


class State(NamedTuple):
    """What stands beside a scenario's name; `broken` counts changes without a target."""

    base: bool
    published: bool
    stale: bool
    broken: int

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
    )


def stale(document: Document, name: str | None = None) -> Stale | None:
    """Say what moved on since the plan of a scenario (the open one) was made, None: it is up to date."""
    name = document.name if name is None else name
    if not document.study.stale(name):
        return None
    return staleness(document.study, name, recorded(document.opened.history()))


def reasons(found: Stale, lang: str, most: int = 4) -> list[str]:
    """Give the reasons in short: what was changed by its name, else fact by fact."""
    if found.groups:
        shown = list(found.groups[:most])
        rest = len(found.groups) - most
        return [*shown, say("stale.more", lang, n=rest)] if rest > 0 else shown
    return list(stale_sentences(found, lang, most))[1:]


def details(found: Stale, lang: str) -> list[str]:
    """Give the reasons at length, fact by fact."""
    return list(stale_sentences(found, lang))[1:]
