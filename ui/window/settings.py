"""What the window remembers between starts: language, theme, recent files, layout. No patient data.

An INI file in the user's configuration folder; tests point it elsewhere.
"""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings

from data.state import true_path
from planner.words import LANGUAGES, language
from ui.window.look.tokens import THEMES

RECENT: Final = 12


class Settings:
    """Typed access to the settings file."""

    def __init__(self, store: QSettings | None = None) -> None:
        format_, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
        self._store = store or QSettings(format_, scope, "opale", "window")

    @property
    def lang(self) -> str:
        """The language: as chosen, else that of the machine."""
        chosen = self._text("language")
        return chosen if chosen in LANGUAGES else language()

    @lang.setter
    def lang(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def theme(self) -> str:
        """The theme as chosen, "" to follow the system."""
        chosen = self._text("theme")
        return chosen if chosen in THEMES else ""

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def recent(self) -> list[Path]:
        """The files opened last, the newest first."""
        found = self._store.value("recent", [])  # a list of one comes back as its one word
        names = found if isinstance(found, list) else [found]
        return [Path(name) for name in names if name and isinstance(name, str)]

    def opened(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = true_path(path)
        known = [path, *(each for each in self.recent if each != path)]
        self._store.setValue("recent", [str(each) for each in known[:RECENT]])

    def forget(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._store.setValue("recent", [str(each) for each in self.recent if each != path])

    def layout(self, name: str) -> QByteArray | None:
        """Give what a window's layout was, None where it was never kept."""
        found = self._store.value(f"layout/{name}")
        return found if isinstance(found, QByteArray) and not found.isEmpty() else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Remember a layout."""
        self._store.setValue(f"layout/{name}", state)

    def reset_layout(self) -> None:
        """Forget all layouts."""
        self._store.remove("layout")

    def value(self, name: str, default: Any = None) -> Any:
        """Give any other remembered value."""
        return self._store.value(name, default)

    def number(self, name: str, usual: int) -> int:
        """Give a whole number that was remembered; the usual one where there is none that can be read."""
        try:
            return int(str(self._store.value(name, usual)))
        except ValueError:  # somebody has edited the file
            return usual

    def keep(self, name: str, value: Any) -> None:
        """Remember any other value."""
        self._store.setValue(name, value)

    def sync(self) -> None:
        """Write what was set."""
        self._store.sync()

    def _text(self, name: str) -> str:
        found = self._store.value(name, "")
        return found if isinstance(found, str) else ""
