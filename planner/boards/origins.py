"""Where the facts of a scenario come from: its own changes, or those of a scenario that it stands on."""

from collections.abc import Mapping
from typing import NamedTuple

from planner.changes import Adjust, Set
from planner.study import Study


class Origin(NamedTuple):
    """The last group of changes that touched a record; `own`: it belongs to the scenario itself."""

    group: str
    own: bool
    fields: frozenset[str]


def origins(study: Study, name: str) -> Mapping[tuple[str, str], Origin]:
    """Give the changed records of a scenario by (kind, id); of several groups the last one counts.

    Raises:
        UnknownScenarioError: the study has no such scenario.
    """
    found: dict[tuple[str, str], Origin] = {}
    for scenario in study.line(name):
        for group in scenario.changes:
            for change in group.changes if group.enabled else ():
                fields = {change.field} if isinstance(change, Set | Adjust) else set()
                known = found.get((change.kind, change.id))
                known_fields = known.fields if known is not None else frozenset()
                own = scenario.name == name
                found[change.kind, change.id] = Origin(group.name, own, known_fields | fields)
    return found
