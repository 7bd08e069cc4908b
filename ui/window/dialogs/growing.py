"""A dialog that is always high enough for its words, and in which Enter presses what it should."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton


class GrowingDialog(QDialog):
    """Grows where words that are broken into lines need more lines than there were at first.

    Qt gives a window the height that its first words need, and no more where others take their place.
    Enter presses the button that has the focus, else the one that was made the default; Qt would take
    the first one where there is none, and any other that the focus has passed.
    """

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Have no button become the default by itself."""
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press the button that has the focus."""
        here, enter = self.focusWidget(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in enter and isinstance(here, QPushButton):
            here.click()
        else:
            super().keyPressEvent(event)

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
