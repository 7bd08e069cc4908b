"""A dialog that is always high enough for its words."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog


class GrowingDialog(QDialog):
    """Grows where words that are broken into lines need more lines than there were at first.

    Qt gives a window the height that its first words need, and no more where others take their place.
    """

    def event(self, event: QEvent) -> bool:
        """Grow once something inside has become higher."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Grow where a narrower window breaks words into more lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # never against who makes it lower
            self._grow()

    def _grow(self) -> None:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            high = layout.totalHeightForWidth(self.width())
            if high > self.height():
                self.resize(self.width(), high)
