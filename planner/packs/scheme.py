"""Priority schemes: classes of urgency with their longest waits, as TOML files read like packs.

What no source says, but people of the trade do, is marked `expert` in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planner.packs.pack import PackError, names_in, table_of

FOLDER: Final = Path(__file__).parent / "schemes"
TOLERANCE: Final = 10
"""Per cent by which a class may let wait less than before: 30 days go into a class of 28."""
_HOURS_A_DAY: Final = 24
_OWN: Final = frozenset({"code", "days", "hours", "expert", "by_hand", "title", "source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityClass:
    """A class of urgency; `wait` is the longest wait in whole days, hours rounded up.

    `expert`: the wait is expert knowledge, no source says it. `by_hand`: nobody is put into the
    class by the length of a wait alone. `source` is its own, or that of the scheme.
    """

    code: str
    wait: int
    title_en: str
    title_fr: str
    expert: bool = False
    by_hand: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityScheme:
    """Classes that belong together, the most urgent first; `language` is that of the scheme itself."""

    name: str
    version: str
    language: str
    title_en: str
    title_fr: str
    source: str
    classes: tuple[PriorityClass, ...]

    def class_for(self, wait: int) -> PriorityClass:
        """Give the class of who may wait so many days: the first that lets wait as long.

        A tenth less is as long; who may wait longer than all classes is of the last.
        """
        usual = [each for each in self.classes if not each.by_hand]
        for each in usual:
            if 100 * each.wait >= (100 - TOLERANCE) * wait:
                return each
        return usual[-1]


def scheme_names() -> tuple[str, ...]:
    """Give the names of the priority schemes that come with the program."""
    return names_in(FOLDER)


def load_scheme(name: str) -> PriorityScheme:
    """Read a priority scheme that comes with the program.

    Raises:
        PackError: there is no such scheme, or it cannot be read.
    """
    if name not in scheme_names():
        raise PackError("no_scheme", scheme=name, schemes=", ".join(scheme_names()))
    return read_scheme(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"), name)


def read_scheme(words: str, name: str) -> PriorityScheme:
    """Read a priority scheme from the text of a TOML file.

    Raises:
        PackError: the text is no TOML, or a class in it does not fit.
    """
    table = table_of(words, name)
    source = str(table.get("source", ""))
    given = table.get("class", [])
    classes = [_class(name, number, each, source) for number, each in enumerate(given, 1)]
    for place, each in enumerate(classes[1:], 1):
        if any(each.code == other.code for other in classes[:place]):
            raise PackError("double_class", scheme=name, code=each.code)
    if all(each.by_hand for each in classes):
        raise PackError("no_class", scheme=name)
    title = table.get("title", {})
    return PriorityScheme(
        name=name,
        version=str(table.get("version", "")),
        language=str(table.get("language", "en")),
        title_en=str(title.get("en", name)),
        title_fr=str(title.get("fr", name)),
        source=source,
        classes=tuple(sorted(classes, key=lambda each: each.wait)),
    )


def _class(name: str, number: int, given: Mapping[str, Any], source: str) -> PriorityClass:
    where = str(given.get("code", number))
    for key in given:
        if key not in _OWN:
            raise PackError("not_class", scheme=name, code=where, field=key)
    wait = _wait(given)
    if not isinstance(given.get("code"), str) or not given["code"].strip():
        raise PackError("not_class", scheme=name, code=where, field="code")
    if wait is None:
        raise PackError("not_class", scheme=name, code=where, field="days")
    title = given.get("title", {})
    return PriorityClass(
        code=where,
        wait=wait,
        title_en=str(title.get("en", where)),
        title_fr=str(title.get("fr", where)),
        expert=given.get("expert") is True,
        by_hand=given.get("by_hand") is True,
        source=str(given.get("source", source)),
    )


def _wait(given: Mapping[str, Any]) -> int | None:
    """Give the longest wait in days, None where it is not said, said twice, or no whole number."""
    said = [key for key in ("days", "hours") if key in given]
    if len(said) != 1:
        return None
    number = given[said[0]]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= 100_000:
        return None
    days: int = number if said[0] == "days" else -(-number // _HOURS_A_DAY)
    return days if days <= 4000 else None
