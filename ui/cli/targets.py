"""TARGET: a file, or FILE#SCENARIO. The file is a study, or anything that an importer recognises."""

import contextlib
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from data import importing, runs
from data.importing import FileFault, Imported, Importer, SolutionForm
from data.lock import locked
from data.state import true_path
from data.study_file import SUFFIX, Opened, create_study, is_study, open_study
from planner.fingerprint import fingerprint
from planner.plan import Plan
from planner.study import BASE, Scenario, Study
from ui.cli.passphrases import passphrase_for
from ui.cli.sentences import Told
from ui.cli.speech import lang, say
from ui.cli.standing import tell_drafts


@dataclass(frozen=True, slots=True)
class Target:
    """What a user named: a file, and a scenario of it or none."""

    path: Path
    scenario: str | None = None

    @classmethod
    def of(cls, words: str) -> "Target":
        """Read FILE or FILE#SCENARIO; a file whose own name has a # is taken whole."""
        whole = Path(words)
        file, mark, scenario = words.rpartition("#")
        if not mark or not file or whole.exists():
            return cls(whole)
        if not scenario:
            raise Told("cli.empty_scenario", target=words)
        return cls(Path(file), scenario)

    @property
    def name(self) -> str:
        """The scenario meant: the base where none is named."""
        return self.scenario or BASE

    def __str__(self) -> str:
        """Write it as it is typed."""
        return f"{self.path}#{self.scenario}" if self.scenario else str(self.path)


@dataclass(slots=True)
class Loaded:
    """What a target holds: an open study, and the importer that made it where the file is none."""

    opened: Opened
    target: Target
    importer: Importer | None = None
    remarks: tuple[FileFault, ...] = field(default=())

    @property
    def study(self) -> Study:
        """The study as it stands."""
        return self.opened.study

    @property
    def form(self) -> SolutionForm:
        """How solutions of this file are written.

        Raises:
            Told: it has no such form.
        """
        if self.importer is None or self.importer.solution is None:
            raise Told("cli.no_solution_form", path=str(self.target.path))
        return self.importer.solution

    def scenario(self) -> Scenario:
        """Give the scenario meant.

        Raises:
            Told: there is none of that name; the sentence lists those there are.
        """
        for scenario in self.study.scenarios:
            if scenario.name == self.target.name:
                return scenario
        names = ", ".join(scenario.name for scenario in self.study.scenarios)
        raise Told("cli.no_scenario_of", name=self.target.name, names=names)

    def names(self, *, every: bool) -> tuple[str, ...]:
        """Give all scenarios where a bare file may mean so, else the one that is meant."""
        if every and self.target.scenario is None:
            return tuple(scenario.name for scenario in self.study.scenarios)
        return (self.scenario().name,)


def load(target: Target, reading: str | None = None, *, told: bool = False) -> Loaded:
    """Open a target to look at; nothing of it is locked or changed.

    `told`: whoever asks has said already, or will say, that a run of it was killed.

    Raises:
        Refused: it cannot be read, or is nothing that is known here.
    """
    path = target.path
    if is_study(path):
        if reading is not None:
            raise Told("cli.one_reading", kind="Opale")
        loaded = Loaded(open_study(path, passphrase=passphrase_for(path)), target)
        if not told:
            tell_killed(loaded)
        return loaded
    importer = importing.recognise(path)
    if importer is None:
        raise unrecognised(path)
    imported = read(importer, path, reading)
    study = study_of(imported, path.stem, id=_id_of(path))
    made = create_study(study, action="journal.imported")
    made.path = None
    return Loaded(made, target, importer, imported.remarks)


@contextlib.contextmanager
def held(
    target: Target, reading: str | None = None, *, told: bool = False, in_place: bool = True
) -> Iterator[Loaded]:
    """Open a target to change: a study is locked for the length of the block.

    `in_place`: what is done is kept in the file itself. Otherwise it may be in anybody's hands.

    Raises:
        Held: somebody else holds it.
        ReadOnlyError: it was shared to be read.
        Refused: it cannot be read, or is nothing that is known here.
    """
    with contextlib.ExitStack() as stack:
        if in_place and is_study(target.path):
            stack.enter_context(locked(target.path))
        loaded = load(target, reading, told=told)
        stack.enter_context(loaded.opened)
        if in_place:
            loaded.opened.refuse_read_only()
        before = loaded.study
        yield loaded
        tell_drafts(before, loaded.study)


def unrecognised(path: Path) -> Exception:
    """Say why nothing can be made of a file: what the study file says of it, or what is read here."""
    if path.suffix == SUFFIX or not path.exists():
        return _refusal(path)
    if path.is_dir():
        return Told("cli.unknown_folder", path=str(path))
    if not path.is_file() or not _readable(path) or not path.stat().st_size:
        return _refusal(path)
    kinds = ", ".join(each.label(lang()) for each in importing.catalogue().values())
    return Told("cli.unknown_file", path=str(path), kinds=kinds)


def _refusal(path: Path) -> Exception:
    try:
        open_study(path, passphrase=passphrase_for(path)).close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised by who asked
        return error
    return Told("cli.changed_meanwhile", path=str(path))


def _readable(path: Path) -> bool:
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False


def read(importer: Importer, path: Path, reading: str | None = None) -> Imported:
    """Read a file by an importer, in the reading that is asked for.

    Raises:
        Told: the importer has no such reading, or the file has faults; the sentence has them all.
    """
    imported = importer.read(path, **reading_options(importer, reading))
    if imported.problem is None:
        raise Told("cli.faulty", path=str(path), faults=fault_lines(imported.faults))
    return imported


def reading_options(importer: Importer, reading: str | None) -> dict[str, str]:
    """Give the options of an importer for the reading that is asked for.

    Raises:
        Told: it has no such reading.
    """
    if reading is None:
        return {}
    words = importer.options.get("reading", ())
    if reading not in words:
        if not words:
            raise Told("cli.one_reading", kind=importer.label(lang()))
        raise Told("cli.no_reading", value=reading, options=", ".join(words))
    return {"reading": reading}


SHOWN = 40
"""How many faults of a file are told in full."""


def fault_lines(faults: tuple[FileFault, ...]) -> str:
    """Say faults of a file, one a line, each with its place and what to do."""
    lines = [f"  {_fault_line(fault)}" for fault in faults[:SHOWN]]
    if len(faults) > SHOWN:
        lines.append(f"  {say('cli.more_faults', n=len(faults) - SHOWN)}")
    return "\n".join(lines)


def _fault_line(fault: FileFault) -> str:
    words = say("import.at", where=fault.where(lang()), what=fault.sentence(lang()))
    hint = fault.hint(lang())
    stop = "" if not hint or words.endswith((".", "?", "!")) else "."
    return f"{words}{stop} {hint}".rstrip()


def study_of(imported: Imported, name: str, *, id: str) -> Study:
    """Make a study of what an importer gave: its problem as the base, with its plan and pins."""
    assert imported.problem is not None
    empty = imported.plan == Plan()
    base = Scenario(
        name=BASE,
        parent=None,
        plan=imported.plan,
        made_for=None if empty else fingerprint(imported.problem),
        pins=imported.pins,
    )
    return Study(id=id, name=name, base=imported.problem, scenarios=(base,))


def _id_of(path: Path) -> str:
    """Name the runs of a file that is no study by its place, so that a killed one is found again."""
    return blake2b(str(true_path(path)).encode(), digest_size=10).hexdigest()


def tell_killed(loaded: Loaded) -> None:
    """Say that a run of this study was killed and has left a plan."""
    told = set()
    opened = loaded.opened
    for run in runs.unfinished(loaded.study.id, opened.seal, born=opened.born()):
        scenario = run.scenario()
        if scenario not in told:
            told.add(scenario)
            target = Target(loaded.target.path, None if scenario == BASE else scenario)
            note = say("cli.killed", scenario=scenario, target=shlex.quote(str(target)))
            print(note, file=sys.stderr)
