"""What an importer is, what it gives, and how a fault in a file is told.

A fault is a value with its place: file, row, column, what, and facts. Where there is any, nothing is
imported, unless an importer is asked to do without the rows that have one. A new source is one file
in `data/importers`, a class under `@importer`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from data.refused import Refused
from planner.catalogue import modules
from planner.plan import Plan
from planner.problem import Problem, faults
from planner.study import Pin
from planner.words import known, say


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """Something wrong in a file: `row` 1 is the header (0: the file as a whole), `column` its words."""

    what: str
    file: str
    row: int = 0
    column: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def where(self, lang: str) -> str:
        """Say the place: file, row and column."""
        if not self.row:
            return self.file
        place = "import.where.cell" if self.column else "import.where.row"
        return say(place, lang, file=self.file, row=self.row, column=self.column)

    def sentence(self, lang: str) -> str:
        """Say what is wrong there."""
        return say(f"import.{self.what}", lang, **self.facts)

    def hint(self, lang: str) -> str:
        """Say what to do, or nothing where the sentence says enough."""
        message = f"import.{self.what}.hint"
        return say(message, lang, **self.facts) if known(message) else ""


class Unreadable(Refused):
    """The source as a whole cannot be read; `fault` says why."""

    def __init__(self, what: str, file: str, row: int = 0, **facts: str | int) -> None:
        """Make it with the fault it is about."""
        super().__init__(f"import.{what}", **facts)
        self.fault = FileFault(what=what, file=file, row=row, facts=facts)

    def sentence(self, lang: str = "en") -> str:
        """Say the place and what is wrong there."""
        return say("import.at", lang, where=self.fault.where(lang), what=self.fault.sentence(lang))


class SolutionForm(Protocol):
    """How a public benchmark writes a solution, in its own file."""

    def read_solution(self, problem: Problem, path: Path) -> Plan:
        """Read a plan of that problem.

        Raises:
            Unreadable: the file is no solution of it.
        """

    def write_solution(self, problem: Problem, plan: Plan, path: Path) -> None:
        """Write a plan of that problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a source holds: no problem where there is a fault.

    `remarks` are faults that do not refuse the source; `left_out` those of rows that it is imported
    without. `pins`: what of the plan is given and to be kept. `good` counts the rows without a fault.
    """

    problem: Problem | None = None
    plan: Plan = field(default_factory=Plan)
    faults: tuple[FileFault, ...] = ()
    remarks: tuple[FileFault, ...] = ()
    left_out: tuple[FileFault, ...] = ()
    pins: tuple[Pin, ...] = ()
    good: int = 0


class Importer:
    """A kind of source. `options` are the words that each option may be, the first one the default."""

    name: str = ""
    suffixes: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = {}
    solution: SolutionForm | None = None

    def label(self, lang: str) -> str:
        """Name the kind of source for people."""
        return say(f"importer.{self.name}", lang)

    def sniff(self, path: Path) -> bool:
        """Tell whether a source looks like this kind; never raises on rubbish (see `recognise`)."""
        raise NotImplementedError

    def take(self, path: Path, options: Mapping[str, str]) -> Imported:
        """Read the source with all its options.

        Raises:
            Unreadable: it cannot be read as a whole.
            OSError: it cannot be opened.
        """
        raise NotImplementedError

    def read(self, path: Path, **options: str) -> Imported:
        """Read the source; what cannot be read is a fault, never an exception.

        Raises:
            ValueError: there is no such option, or not with that word.
        """
        chosen = {name: words[0] for name, words in self.options.items()}
        for name, word in options.items():
            if word not in self.options.get(name, ()):
                raise ValueError(f"{self.name}: {name}={word}")
            chosen[name] = word
        try:
            return self.take(path, chosen)
        except Unreadable as error:
            return Imported(faults=(error.fault,))
        except OSError as error:
            return Imported(faults=(unopened(path, error),))


IMPORTERS: Final[dict[str, Importer]] = {}
"""Name → importer; filled by `catalogue()`."""


def importer(
    name: str,
    *,
    suffixes: tuple[str, ...] = (),
    options: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[type[Importer]], type[Importer]]:
    """Register an importer class under its name; its label is the message `importer.NAME`."""

    def register(cls: type[Importer]) -> type[Importer]:
        cls.name, cls.suffixes, cls.options = name, suffixes, options or {}
        IMPORTERS[name] = cls()
        return cls

    return register


def catalogue() -> Mapping[str, Importer]:
    """Give every importer by name; reads the folder on first use."""
    modules("data.importers")
    return IMPORTERS


def recognise(path: Path) -> Importer | None:
    """Give the first importer that takes the source for its own, None where none does."""
    for each in catalogue().values():
        try:
            if each.sniff(path):
                return each
        except OSError:
            continue
    return None


def unopened(path: Path, error: OSError) -> FileFault:
    """Give the fault of a file that the system does not let us open."""
    what = {
        FileNotFoundError: "no_file",
        PermissionError: "no_permission",
        IsADirectoryError: "directory",
    }.get(type(error), "unopened")
    return FileFault(what=what, file=path.name, facts={"path": str(path)})


def inconsistent(problem: Problem, file: str) -> tuple[FileFault, ...]:
    """Give what is inconsistent in a problem read from one file; history is not asked for."""
    return tuple(
        FileFault(what=fault.what, file=file, facts={"id": fault.id, **dict(fault.facts)})
        for fault in faults(problem)
        if fault.what != "no_history"
    )


def opening(path: Path, size: int = 4096) -> bytes:
    """Give the first bytes of a file, nothing where it is none; for sniffing."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(size)


def by_place(faults: list[FileFault]) -> tuple[FileFault, ...]:
    """Put faults in the order of file and row, as people look for them."""
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.row)))
