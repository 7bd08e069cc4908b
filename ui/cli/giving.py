"""Exports put in their place in one step: a reader never meets half of one."""

import shutil
from pathlib import Path
from typing import Final

from data import exporting
from data.exporting import Exporter
from data.refused import Refused
from data.state import new_id, reason
from planner.plan import Plan
from planner.problem import Problem
from ui.cli.keeping import refuse_existing, refuse_folder
from ui.cli.sentences import Told

STALE_NOTE: Final = "OUT-OF-DATE.txt"
"""Stands in an exported folder whose plan was made for other facts."""

_OURS: Final = frozenset({".csv", ".toml"})


def exporter_of(form: str) -> Exporter:
    """Give an exporter by name.

    Raises:
        Told: there is none.
    """
    known = exporting.catalogue()
    if form not in known:
        raise Told("cli.export.no_form", form=form, forms=", ".join(known))
    return known[form]


def refuse_target(out: Path, exporter: Exporter, *, force: bool) -> None:
    """See to it that an export can be put at a path; a folder of other things is never replaced.

    Raises:
        Told: something stands there, or its folder is missing or closed.
    """
    if exporter.suffix:
        refuse_existing(out, force=force)
        return
    refuse_folder(out)
    if not out.exists():
        return
    if not out.is_dir():
        raise Told("cli.export.is_file", path=str(out))
    inside = [each for each in out.iterdir() if each.name != STALE_NOTE]
    if not inside:
        return
    foreign = next((each for each in inside if each.suffix not in _OURS or each.is_dir()), None)
    if foreign is not None:
        raise Told("cli.export.foreign", path=str(out), name=foreign.name)
    if not force:
        raise Told("cli.exists", path=str(out))


def give(exporter: Exporter, problem: Problem, plan: Plan, out: Path, *, mark: str = "") -> None:
    """Write an export beside its place, then put it there; `mark`: why its plan is out of date.

    Raises:
        Refused: it cannot be written; what was there is whole.
    """
    fresh = out.absolute().with_name(f".~{out.name}.{new_id()}.writing")
    aside = fresh.with_suffix(".before")
    try:
        exporter.write(problem, plan, fresh)
        if mark and fresh.is_dir():
            (fresh / STALE_NOTE).write_text(mark + "\n", encoding="utf-8")
        if out.is_dir():
            out.replace(aside)
        fresh.replace(out)
    except OSError as error:
        if aside.exists() and not out.exists():
            aside.replace(out)
        raise Refused("study.not_written", path=str(out), why=reason(error)) from error
    finally:
        for left in (fresh, aside):
            shutil.rmtree(left, ignore_errors=True)
            if left.is_file():
                left.unlink()
