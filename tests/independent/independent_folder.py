"""Reads an exported folder with nothing but the standard library: rows of text, cell by cell."""

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Row = Mapping[str, str]
Tags = Mapping[str, set[str]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Wrong(NamedTuple):
    """What is wrong: id and type of the rule, who is concerned, the last day, a sentence, its units.

    The day is None where many days may be concerned. A soft rule's is no fault, but costs.
    """

    rule: str
    type: str
    who: tuple[str, ...]
    day: dt.date | None
    words: str
    amount: int = 1
    hard: bool = True


class Limit(NamedTuple):
    """A rule in force: only its numbers, whom it is for, its tier (0 is hard) and its weight."""

    id: str
    type: str
    numbers: Mapping[str, Any]
    scope: Mapping[str, list[str]]
    tier: int = 0
    weight: int | None = None

    @property
    def hard(self) -> bool:
        """Whether no plan may break it."""
        return self.tier == 0

    def holds(self, tags: Tags) -> bool:
        """Tell whether it is for something with these tags."""
        return all(set(wanted) & tags.get(kind, set()) for kind, wanted in self.scope.items())

    def wrong(self, words: str, *who: str, day: dt.date | None = None, amount: int = 1) -> Wrong:
        """Say that it is broken, and by how many units."""
        return Wrong(self.id, self.type, who, day, words, amount, self.hard)


class Folder:
    """All tables of an export by name and id, placements and duties as lists of rows.

    Raises:
        OSError: a file is missing or cannot be read.
        ValueError: `rules.toml` or `study.csv` cannot be understood.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: dict[str, list[Row]] = {}
        study = self.rows("study")
        if len(study) != 1:
            raise ValueError(f"study.csv has {len(study)} rows, not one")
        self.start = date(study[0]["start"])
        self.days = int(study[0]["days"])
        self.dates = [self.start + dt.timedelta(days=number) for number in range(self.days)]
        self.zone = study[0]["zone"]
        self.as_of = date(study[0]["as_of"])
        self.clock = yes(study[0]["clock"])
        self.noon = minute(study[0]["noon"])
        self.placements = self.rows("placements")
        self.duties = self.rows("duties")
        rules = tomllib.loads((path / "rules.toml").read_text(encoding="utf-8"))
        self.limits = []
        for rule in rules.get("rule", []):
            if rule.get("enabled", True):
                numbers, scope = rule.get("parameters", {}), rule.get("scope", {})
                price = rule["tier"], rule.get("weight")
                self.limits.append(Limit(rule["id"], rule["type"], numbers, scope, *price))
        self.lessons = list(self.limits_of("teaching"))  # trainees take longer: no limit, a fact

    def rows(self, name: str) -> list[Row]:
        """Read the rows of a file."""
        with (self.path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, delimiter=";", strict=True)
            return [{column: text(cell) for column, cell in line.items()} for line in lines]

    def rows_if_any(self, name: str) -> list[Row]:
        """Read the rows of a file, once; none where there is no such file."""
        if name not in self._kept:
            there = (self.path / f"{name}.csv").exists()
            self._kept[name] = self.rows(name) if there else []
        return self._kept[name]

    def by_id(self, name: str) -> dict[str, Row]:
        """Read the rows of a file by id."""
        return {row["id"]: row for row in self.rows(name)}

    def limits_of(self, type: str) -> Iterator[Limit]:
        """Give the rules of a type."""
        return (limit for limit in self.limits if limit.type == type)


def text(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from computing a text."""
    guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r'"
    return cell[1:] if guarded else cell


def yes(cell: str) -> bool:
    """Read a flag."""
    return {"yes": True, "no": False}[cell]


def date(cell: str) -> dt.date:
    """Read a date."""
    return dt.date.fromisoformat(cell)


def minute(cell: str) -> int:
    """Read a time as minutes after midnight; `07:00+1` is on the next day, `(2)` is said beside it."""
    clock, _, later = cell.split(" (")[0].partition("+")
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes) + 1440 * int(later or 0)


def words(cell: str) -> list[str]:
    r"""Read a list: `|` divides, `\` takes the next letter as it is."""
    found, letters = [""], iter(cell)
    for letter in letters:
        if letter == "|":
            found.append("")
        else:
            found[-1] += next(letters) if letter == "\\" else letter
    return [word for word in found if word]


def up_to_five(minutes: int, factor: int = 1, of: int = 1) -> int:
    """Round minutes × factor / of up to a multiple of five."""
    fives, rest = divmod(minutes * factor, 5 * of)
    return 5 * (fives + (rest > 0))
