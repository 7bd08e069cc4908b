"""A field for a day, written alike in all dialogs."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit


class DateField(QDateEdit):
    """Typed as 31/12/2026, or chosen from a calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd/MM/yyyy")

    @property
    def day(self) -> date:
        """The day that stands there."""
        found = self.date()
        return date(found.year(), found.month(), found.day())

    def put(self, day: date) -> None:
        """Have a day stand there."""
        self.setDate(qt_date(day))


def qt_date(day: date) -> QDate:
    """Give a day as Qt has it."""
    return QDate(day.year, day.month, day.day)
