"""The keys of files that were shared without names: kept here alone, in the private folder of this person."""

import contextlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from data.refused import Refused
from data.state import (
    LITTLE,
    private_folder,
    read_regular,
    reason,
    state_folder,
    write_private,
)
from planner.moved_dates import MOST_WEEKS

_SECRET: Final = 32
"""Bytes of a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What turns a shared file back: of which study it is, the shared names of its scenarios, the weeks.

    `secret` is the study's own (hexadecimal), the same for all its shared files.
    """

    shared: str
    study: str
    secret: str
    weeks: int
    scenarios: Mapping[str, str]

    @property
    def bytes(self) -> bytes:
        """The secret."""
        return bytes.fromhex(self.secret)


def secret_of(study: str) -> bytes:
    """Give the secret of a study, made when it is first shared.

    Raises:
        Refused: the private folder cannot be used, or holds a secret that is none: with an empty one
            anybody could work the pseudonyms out.
    """
    path = _folder() / f"{study}.secret"
    try:
        if path.exists():
            return _secret(read_regular(path, LITTLE).decode("ascii"))
        made = secrets.token_bytes(_SECRET)
        write_private(path, made.hex().encode())
    except ValueError as error:
        raise Refused("share.damaged_secret", path=str(path)) from error
    except OSError as error:
        raise _unusable(path, error) from error
    return made


def _secret(text: str) -> bytes:
    made = bytes.fromhex(text)
    if len(made) != _SECRET:
        raise ValueError(text)
    return made


def keep_key(key: Key) -> Path:
    """Keep the key of a shared file; give its place.

    Raises:
        Refused: it cannot be written.
    """
    path = _folder() / f"{key.shared}.key"
    try:
        write_private(path, json.dumps(asdict(key), ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise _unusable(path, error) from error
    return path


def drop_key(key: Key) -> None:
    """Take the key of a shared file away again, as far as it can be."""
    with contextlib.suppress(OSError, Refused):
        (_folder() / f"{key.shared}.key").unlink(missing_ok=True)


def rename_in_keys(study: str, names: Mapping[str, str]) -> tuple[Path, ...]:
    """Have the keys of all files shared from a study know its scenarios by new names, given by the old ones.

    Gives the keys that could not be written and still have old names.
    """
    left: list[Path] = []
    with contextlib.suppress(OSError, Refused):
        for path in sorted(_folder().glob("*.key")):
            try:
                key = key_of(path.stem)
                if key is not None and key.study == study:
                    fresh = {names.get(name, name): shown for name, shown in key.scenarios.items()}
                    if fresh != key.scenarios:
                        keep_key(replace(key, scenarios=fresh))
            except Refused:
                left.append(path)
    return tuple(left)


def key_of(shared: str) -> Key | None:
    """Give the key of a shared file by its id; None: it was not shared from here.

    Raises:
        Refused: the key cannot be read.
    """
    path = _folder() / f"{shared}.key"
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(read_regular(path))
        key = _sound(Key(**found))
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused("share.damaged_key", path=str(path)) from error
    except OSError as error:
        raise _unusable(path, error) from error
    return key


def _sound(key: Key) -> Key:
    """Give a key whose parts are what they should be: anybody may have written in its file.

    Raises:
        ValueError, TypeError: one is not.
    """
    _secret(key.secret)
    words = [key.shared, key.study, *key.scenarios, *dict(key.scenarios).values()]
    if type(key.weeks) is not int or abs(key.weeks) > MOST_WEEKS:
        raise ValueError(key.weeks)
    if not all(isinstance(word, str) for word in words):
        raise TypeError(words)
    return key


def _folder() -> Path:
    return private_folder(state_folder() / "keys")


def _unusable(path: Path, error: OSError) -> Refused:
    return Refused("share.bad_key", path=str(path), why=reason(error))
