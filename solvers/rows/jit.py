"""How kernels are compiled, and where the machine code is kept between starts.

Numba looks only at the file of a function when it asks whether its cache is stale; our kernels are
spread over files and inlined into one another. So the folder is named by all of them together; where
the program lies does not matter: who moves it, or has it twice, compiles once.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any, Final

import numba
from numba.core.caching import UserProvidedCacheLocator

OUTER: Final[dict[str, Any]] = {
    "cache": True,
    "nogil": True,
    "no_cfunc_wrapper": True,
    "_nrt": False,
}
"""Options of what Python calls. `_nrt` is undocumented: it leaves reference counts out."""
INNER: Final[dict[str, Any]] = {
    "forceinline": True,
    "no_cpython_wrapper": True,  # wrappers that nobody calls took most of the compile time
    "no_cfunc_wrapper": True,
    "_nrt": False,
}
"""Options of what is inlined."""


def cache_folder() -> Path:
    """Give the folder of machine code of exactly these sources: in the user's cache folder."""
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    home = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    home = home or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "opale" / "kernels" / digest.hexdigest()


class Kernels(UserProvidedCacheLocator):
    """Where machine code lies in that folder: by the name of the source's folder, not by its path."""

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Give the name of a folder in the cache."""
        return Path(py_file).parent.name


if "NUMBA_CACHE_DIR" not in os.environ:
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]  # set by numba at run time
if not numba.config.CACHE_LOCATOR_CLASSES:  # type: ignore[attr-defined]
    numba.config.CACHE_LOCATOR_CLASSES = ",".join(  # type: ignore[attr-defined]
        (f"{__name__}.{Kernels.__name__}", "InTreeCacheLocator", "UserWideCacheLocator")
    )
