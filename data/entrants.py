"""Scenarios of study files as sides of a comparison: what each holds, how it stands, what it is called.

Command line and window set scenarios of any number of files side by side by what is said here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data.audits import Audits, audits_of
from data.journal import recorded
from data.searching import Behind, behind
from data.study_file import Opened
from planner.compare import Stale
from planner.kpis.contract import Outcome
from planner.published import published_outcome, published_title
from planner.staleness import staleness
from planner.study import Pin, Study

_UNKNOWN: Final[Mapping[str, Outcome]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A scenario of a study, under the name that it is compared under.

    `stale` says what moved on since its plan was made, `searched` are the processor seconds of search
    behind the plan, `late` how much its cost still fell at the end of it; None where that is not known.
    What is found of the outcome is kept in `audits`. `sealed` is its file where that is under a passphrase.
    """

    name: str
    study: Study
    scenario: str
    outcome: Outcome = field(compare=False)
    audits: Audits = field(compare=False)
    stale: Stale | None = None
    searched: float | None = None
    late: int | None = None
    sealed: Path | None = None

    @property
    def pins(self) -> Sequence[Pin]:
        """The pins in force."""
        return self.study.pins(self.scenario)


def entrants(
    opened: Opened,
    names: Iterable[str],
    *,
    file: str = "",
    known: Mapping[str, Outcome] = _UNKNOWN,
) -> tuple[Entrant, ...]:
    """Give scenarios of an open study as sides, called FILE#SCENARIO where the file is named.

    `known` are outcomes worked out already, by scenario.
    """
    study, spent, audits = opened.study, behind(opened), audits_of(opened)
    sealed = None if opened.seal is None else opened.path
    return tuple(
        Entrant(
            name=_called(file, name),
            study=study,
            scenario=name,
            outcome=known.get(name) or _outcome(study, name, audits),
            audits=audits,
            stale=stale_mark(opened, name, _called(file, name)),
            searched=spent.searched.get(name),
            late=spent.late.get(name),
            sealed=sealed,
        )
        for name in names
    )


def published_entrant(opened: Opened, name: str, lang: str, *, file: str = "") -> Entrant | None:
    """Give what a scenario, or one that it stands on, has published as a side; None: nothing.

    It stands in the facts and under the pins that the scenario has now; how it was searched is not asked.
    """
    outcome = published_outcome(opened.study, name)
    if outcome is None:
        return None
    audits = audits_of(opened)
    audits.recall(outcome)
    return Entrant(
        name=published_title(_called(file, name), lang),
        study=opened.study,
        scenario=name,
        outcome=outcome,
        audits=audits,
        sealed=None if opened.seal is None else opened.path,
    )


def _called(file: str, scenario: str) -> str:
    return f"{file}#{scenario}" if file else scenario


def _outcome(study: Study, name: str, audits: Audits) -> Outcome:
    scenario, waivers = study.scenario(name), study.waivers(name)
    outcome = Outcome(study.problem(name), scenario.plan, waivers, forecast=scenario.forecast)
    audits.recall(outcome)
    return outcome


def stale_mark(opened: Opened, name: str, called: str = "") -> Stale | None:
    """Give the mark of a plan that is out of date, with what the journal says was changed since."""
    if not opened.study.stale(name):
        return None
    found = staleness(opened.study, name, recorded(opened.history()))
    return None if found is None else found._replace(scenario=called or name)


def behind_all(opened: Opened, guests: Iterable[Entrant]) -> Behind:
    """Say what is known of the searches behind the plans of a study and of scenarios beside it."""
    found = behind(opened)
    for guest in guests:
        if guest.searched is not None:
            found.searched[guest.name] = guest.searched
        if guest.late is not None:
            found.late[guest.name] = guest.late
    return found


def file_names(paths: Iterable[Path]) -> dict[Path, str]:
    """Give each file the shortest end of its path that no other of them ends with."""
    known = list(dict.fromkeys(paths))
    found = {}
    for path in known:
        length, parts = 1, path.parts
        while length < len(parts) and any(
            other != path and other.parts[-length:] == parts[-length:] for other in known
        ):
            length += 1
        found[path] = str(Path(*parts[-length:]))
    return found


def one_period(outcomes: Iterable[Outcome]) -> bool:
    """Tell whether all plan the same days: others cannot be compared."""
    return len({outcome.problem.horizon for outcome in outcomes}) <= 1
