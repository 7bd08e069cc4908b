"""Keys of protected studies that are open in this process: what their runs are enciphered with.

A run lies in a folder while several processes are at it, and stays there after a kill. That of a
protected study is under the key of its passphrase, as the study itself is: whoever opens the study
again has the key again. A worker is told it with the question, through a pipe.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.protecting import COST, MAGIC, Seal, unsealed

_SEALS: Final[dict[str, Seal]] = {}
"""Id of a study → its seal."""


def know(study: str, seal: Seal | None) -> None:
    """Encipher the runs of a study from now on, and read them; None: there is nothing to know."""
    if seal is not None:
        _SEALS[study] = seal


def with_key(line: Mapping[str, Any]) -> dict[str, Any]:
    """Give a line for a worker, which names a question, with the key of its run where it has one."""
    seal = _SEALS.get(_study(Path(str(line.get("request", "")))))
    return {**line} if seal is None else {**line, "key": seal.key.hex()}


def take(line: Mapping[str, Any]) -> None:
    """Take the key that a line brings.

    Raises:
        ValueError: it is no key.
    """
    if "key" in line:
        key = bytes.fromhex(str(line["key"]))
        know(_study(Path(str(line["request"]))), Seal(key, bytes(16), COST))


def shut(path: Path, plain: bytes) -> bytes:
    """Give the bytes of a file in a run folder as they are written."""
    seal = _SEALS.get(_study(path))
    return plain if seal is None else seal.shut(plain)


def plain(path: Path, whole: bytes) -> bytes:
    """Give the plain bytes of a file in a run folder.

    Raises:
        SealedError: it is that of a protected study which is not open here.
        Refused: it was changed, or is no file of ours.
    """
    if not whole.startswith(MAGIC):
        return whole
    return unsealed(whole, _SEALS.get(_study(path)), path)[0]


def _study(path: Path) -> str:
    """Give the id of a study by a file in one of its run folders."""
    return path.parent.parent.name
