"""Which records are shown, and in what order."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.clock import Horizon
from planner.fields import FieldSpec
from ui.window.tables import cells

_SOUGHT: Final = frozenset({"text", "link", "links", "tags", "choice", "day", "days", "words"})
"""Forms of fields in which words are sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the search and the chips say, and by which column the rows stand."""

    words: tuple[str, ...] = ()
    own: bool = False
    faulty: bool = False
    column: int = 0
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything may be hidden."""
        return bool(self.words) or self.own or self.faulty

    def narrowed(self, words: str, *, own: bool, faulty: bool) -> "Order":
        """Give the same order of fewer rows."""
        sought = tuple(words.casefold().split())
        return dataclasses.replace(self, words=sought, own=own, faulty=faulty)

    def by(self, column: int, *, descending: bool) -> "Order":
        """Give the same rows in the order of a column."""
        return dataclasses.replace(self, column=column, descending=descending)

    def sorted(self, records: Sequence[Any], specs: Sequence[FieldSpec]) -> list[Any]:
        """Put records into order; those alike stay as they stand."""
        if not 0 <= self.column < len(specs):
            return list(records)
        spec = specs[self.column]
        key = cells.order(spec)
        return sorted(
            records, key=lambda each: key(getattr(each, spec.name)), reverse=self.descending
        )

    def kept(self, records: Sequence[Any], before: Sequence[str]) -> list[Any]:
        """Give records in the order of before where they are the same ones, else as they come."""
        places = {id: place for place, id in enumerate(before)}
        if len(places) != len(records) or any(each.id not in places for each in records):
            return list(records)
        return sorted(records, key=lambda each: places[each.id])

    def matching(
        self,
        records: Sequence[Any],
        kind: str,
        specs: Sequence[FieldSpec],
        horizon: Horizon,
        lang: str,
    ) -> list[Any]:
        """Give the records of which each word that is sought stands in some cell."""
        sought = [spec for spec in specs if spec.form in _SOUGHT]
        known: dict[tuple[str, Any], str] = {}

        def text(record: Any) -> str:
            found = []
            for spec in sought:
                value = getattr(record, spec.name)
                if value in (None, "", frozenset(), ()):
                    continue
                words = known.get((spec.name, value))
                if words is None:
                    words = cells.shown(kind, spec, value, horizon, lang).casefold()
                    known[spec.name, value] = words
                found.append(words)
            return " ".join(found)

        told = ((each, text(each)) for each in records)
        return [each for each, words in told if all(word in words for word in self.words)]
