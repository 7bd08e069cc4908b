"""From a source to a new study file: all of it or nothing, or all that has no fault."""

from pathlib import Path
from typing import Any

from data import importing
from data.importing import Imported, Importer
from data.state import new_id
from data.study_file import create_study, is_study
from planner.problem import ATTRIBUTES
from ui.cli.sentences import Told
from ui.cli.speech import lang
from ui.cli.targets import reading_options, study_of, unrecognised


def importer_of(source: Path, form: str | None) -> Importer:
    """Give the importer that is named, or the one that takes the source for its own.

    Raises:
        Told: there is none of that name, or the source is a study already.
        Refused: the source is nothing that is known here.
    """
    known = importing.catalogue()
    if form is not None:
        if form not in known:
            raise Told("cli.import.no_form", form=form, forms=", ".join(known))
        return known[form]
    if is_study(source):
        raise Told("cli.import.is_study", path=str(source))
    found = importing.recognise(source)
    if found is None:
        raise unrecognised(source)
    return found


def read_all(
    importer: Importer, source: Path, reading: str | None, *, skip: bool = False
) -> Imported:
    """Read a source to its end; what is wrong with it stands in its faults, or what is left out.

    Raises:
        Told: lines with faults are to be skipped, and the importer cannot do without them.
    """
    options = reading_options(importer, reading)
    if skip:
        if "skip" not in importer.options.get("faulty", ()):
            raise Told("cli.import.whole", kind=importer.label(lang()))
        options["faulty"] = "skip"
    return importer.read(source, **options)


def may_skip(importer: Importer, source: Path) -> bool:
    """Tell whether a source that is refused would be taken without its lines with faults."""
    able = "skip" in importer.options.get("faulty", ())
    return able and importer.read(source, faulty="skip").problem is not None


def written(imported: Imported, out: Path) -> dict[str, Any]:
    """Write a new study; give what is in it.

    Raises:
        Held: somebody else holds the file.
        Refused: it cannot be written; what was there is whole.
    """
    assert imported.problem is not None
    with create_study(
        study_of(imported, out.stem, id=new_id()), action="journal.imported"
    ) as opened:
        opened.save(out)
    return {
        "file": str(out),
        "counts": {kind: len(imported.problem.records(kind)) for kind in ATTRIBUTES},
        "placements": sum(1 for _ in imported.plan.placements),
        "duties": sum(1 for _ in imported.plan.duties),
    }
