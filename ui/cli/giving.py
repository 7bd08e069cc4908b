"""Exports put in their place in one step: a reader never meets half of one."""

from pathlib import Path
from typing import Final

from data import exporting
from data.exporting import STALE_NOTE, Exporter
from ui.cli.keeping import refuse_existing, refuse_folder
from ui.cli.sentences import Told

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
