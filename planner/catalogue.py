"""Discovery of the extension folders: adding one file to such a folder is the whole change.

A folder is walked once, on first use, never when its package is imported: `planner --help` pays
for no rule, and rules may import what their package needs without a circle.
"""

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """Give the full names of the modules under a package, sorted, without importing them.

    Subpackages are walked too (their own `__init__` has to be importable). A name that begins with
    an underscore is skipped with all that is under it: templates and tests of nothing.

    Raises:
        ModuleNotFoundError: there is no such package.
    """
    root = importlib.import_module(package)
    found: list[str] = []
    for entry in pkgutil.iter_modules(root.__path__, f"{package}."):
        if entry.name.rpartition(".")[2].startswith("_"):
            continue
        found.append(entry.name)
        if entry.ispkg:
            found.extend(names(entry.name))
    return tuple(sorted(found))


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Import and give the modules under a package, in the order of their names.

    Importing them is what registers the rules, indicators, importers or exporters in them.
    """
    return tuple(importlib.import_module(name) for name in names(package))
