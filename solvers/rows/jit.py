"""How kernels are compiled, and where the machine code is kept between starts.

Numba looks only at the file of a function when it asks whether its cache is stale; our kernels are
spread over files and inlined into one another. So the folder is named by all of them together.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any, Final

import numba

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


if "NUMBA_CACHE_DIR" not in os.environ:
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]  # set by numba at run time
