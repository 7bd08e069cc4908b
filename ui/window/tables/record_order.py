"""Which records are shown, and in what order."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.clock import Horizon
from planner.fields import FieldSpec
from ui.window.tables import cells
from ui.window.tables.facts_filters import due_then, of_specialty

_SOUGHT: Final = frozenset({"text", "link", "links", "tags", "choice", "day", "days", "words"})
"""Forms of fields in which words are sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the search and the chips say, and by which column the rows stand."""

    words: tuple[str, ...] = ()
    own: bool = False
    faulty: bool = False
    specialty: str = ""
    due: str = ""
    column: int = 0
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything may be hidden."""
        return bool(self.words or self.own or self.faulty or self.specialty or self.due)

    def narrowed(self, words: str, **chips: Any) -> "Order":
        """Give the same order of fewer rows; `chips` are own, faulty, specialty and due."""
        return dataclasses.replace(self, words=tuple(words.casefold().split()), **chips)

    def chosen(self, records: Sequence[Any], specs: Sequence[FieldSpec], as_of: int) -> list[Any]:
        """Give the records of the chosen specialty and due date."""
        found = list(records)
        if self.specialty:
            found = [each for each in found if of_specialty(each, specs, self.specialty)]
        if self.due:
            found = [each for each in found if due_then(each.due, as_of, self.due)]
        return found

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

    def kept(
        self, records: Sequence[Any], before: Sequence[Any], specs: Sequence[FieldSpec]
    ) -> list[Any]:
        """Give records in the order of before where they are the same ones, else sorted."""
        by_id = {record.id: record for record in records}
        if len(by_id) == len(records) == len(before):
            found = [by_id.get(each.id) for each in before]
            if all(each is not None for each in found):
                return found
        return self.sorted(records, specs)

    def matching(self, records: Sequence[Any], text: Callable[[Any], str]) -> list[Any]:
        """Give the records in whose text each word that is sought stands."""
        told = ((each, text(each)) for each in records)
        return [each for each, words in told if all(word in words for word in self.words)]


def sought(record: Any, kind: str, specs: Sequence[FieldSpec], horizon: Horizon, lang: str) -> str:
    """Give the words of a record in which others are sought."""
    found = []
    for spec in specs:
        value = getattr(record, spec.name)
        if spec.form in _SOUGHT and value not in (None, "", frozenset(), ()):
            found.append(cells.shown(kind, spec, value, horizon, lang))
    return " ".join(found).casefold()
