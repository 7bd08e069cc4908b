"""How a worker is started, from the window and from the command line alike."""

import os
import sys
from pathlib import Path

import ui


def worker_command() -> tuple[str, ...]:
    """Give the words that start a worker, from a Python or from a program made of one."""
    if getattr(sys, "frozen", False):
        return sys.executable, "worker"
    return sys.executable, "-P", "-m", "ui.cli", "worker"


def search_path(known: str) -> str:
    """Give the PYTHONPATH of a worker: the very packages that run here, then what was `known`."""
    root = str(Path(ui.__file__).resolve().parent.parent)
    if root in known.split(os.pathsep):
        return known
    return os.pathsep.join(filter(None, (root, known)))
