"""Whether this machine can show a window, told before Qt is loaded: where it cannot, Qt ends the program."""

import ctypes
import importlib
import importlib.util
import os
import sys
from typing import Final

LIBRARIES: Final = (
    "libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libbrotli1"
    " fonts-dejavu-core libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1"
    " libxkbcommon-x11-0"
)
"""The packages of Debian and Ubuntu without which Qt shows no window."""

_X11: Final = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)
_UNSEEN: Final = ("offscreen", "minimal")


def trouble() -> tuple[str, dict[str, str]] | None:
    """Say why no window can be shown, as a message id and its facts; None where one can."""
    if importlib.util.find_spec("PySide6") is None:
        return "gui.no_qt", {}
    missing = lacking()
    if missing:
        return "gui.no_libraries", {"missing": missing, "packages": LIBRARIES}
    if not _platform() and not screen():
        return "gui.no_screen", {"packages": LIBRARIES}
    return None


def screen() -> bool:
    """Tell whether somebody would see a window."""
    if _platform() in _UNSEEN:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def lacking() -> str:
    """Name the first library that Qt lacks; "" where it lacks none."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return str(error).partition(":")[0]
    for name in _X11 if _wants_x() else ():
        try:
            ctypes.CDLL(name)
        except OSError:
            return name
    return ""


def _platform() -> str:
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]


def _wants_x() -> bool:
    there = bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")
    return sys.platform.startswith("linux") and (
        _platform() == "xcb" or (not _platform() and there)
    )
