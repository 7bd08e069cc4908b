"""Which scenario is which after an edit: by its new name, or by the one above where it is gone."""

from planner.study import Study


def renamed(before: Study, after: Study) -> dict[str, str]:
    """Give the names that an edit has changed, old → new: scenarios keep their order."""
    if len(before.scenarios) != len(after.scenarios):
        return {}
    pairs = zip(before.scenarios, after.scenarios, strict=True)
    return {old.name: new.name for old, new in pairs if old.name != new.name}


def above(before: Study, after: Study, name: str) -> str:
    """Give the scenario to open where one is taken away: its parent, or the first."""
    parent = before.scenario(name).parent
    known = {scenario.name for scenario in after.scenarios}
    return parent if parent is not None and parent in known else after.scenarios[0].name
