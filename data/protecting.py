"""A study file under a passphrase: AES-256-GCM over the whole file, with a key that scrypt makes.

The file is a header and what is enciphered. The header has its version, what the key costs, a salt and
a nonce; it is authenticated with the rest, so that nothing of either can be changed unseen. Plain
bytes are in memory alone.
"""

import secrets
import struct
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from data.refused import Refused

MAGIC: Final = b"Opale sealed\0"
VERSION: Final = 1
LEAST: Final = 12
"""Letters that a passphrase has at least: whoever has the file may try as many as she likes."""
_HEADER: Final = struct.Struct(">13sBBBB16s12s")
_KEY, _SALT, _NONCE, _TAG = 32, 16, 12, 16


class Cost(NamedTuple):
    """What making a key costs: scrypt's n as a power of two, r and p (OWASP: 17, 8, 1; 128 MiB)."""

    power: int
    block: int
    lanes: int

    @property
    def bearable(self) -> bool:
        """Whether a header may ask for it: at most 256 MiB, and a few seconds."""
        powers = 10 <= self.power <= 18 and self.block >= 1 and self.lanes >= 1
        return powers and (self.block << self.power) <= 1 << 21 and self.lanes <= 4


COST: Final = Cost(17, 8, 1)


class SealedError(Refused):
    """A file opens with its passphrase only, and none was given, or another one."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file is sealed with: a key, and how it was made of the passphrase."""

    key: bytes = field(repr=False)
    salt: bytes
    cost: Cost

    @classmethod
    def of(cls, passphrase: str, cost: Cost = COST) -> "Seal":
        """Make a new key of a passphrase.

        Raises:
            Refused: it is too short.
        """
        if len(passphrase.strip()) < LEAST:
            raise Refused("seal.short", n=LEAST)
        salt = secrets.token_bytes(_SALT)
        return cls(_key(passphrase, salt, cost), salt, cost)

    @classmethod
    def of_key(cls, key: bytes) -> "Seal":
        """Take a key that was made elsewhere: the passphrase does not open what is sealed with it.

        Raises:
            ValueError: it is no key.
        """
        if len(key) != _KEY:
            raise ValueError(len(key))
        return cls(key, bytes(_SALT), COST)

    def shut(self, plain: bytes) -> bytes:
        """Give bytes sealed, each time with another nonce."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        header = _HEADER.pack(MAGIC, VERSION, *self.cost, self.salt, nonce)
        return header + AESGCM(self.key).encrypt(nonce, plain, header)


Secret: TypeAlias = str | Seal
"""What opens a sealed file: its passphrase, or the seal of a later state of it."""


def is_sealed(path: Path) -> bool:
    """Tell whether a file begins as sealed ones do."""
    if not path.is_file():  # to open a pipe would wait for ever
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def unsealed(whole: bytes, passphrase: Secret | None, path: Path) -> tuple[bytes, Seal]:
    """Open a sealed file; give its plain bytes, and what to seal them with again.

    A seal opens what was sealed with it: an earlier state of the same file. `path` is what sentences name.

    Raises:
        SealedError: there is no passphrase, it is another one, or the file was changed.
        Refused: the file is newer than this program, or no header of ours.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(whole) < _HEADER.size + _TAG:
        raise Refused("study.damaged", path=str(path))
    header = whole[: _HEADER.size]
    _, version, *numbers, salt, nonce = _HEADER.unpack(header)
    if version > VERSION:
        raise Refused("seal.newer", path=str(path), found=version, known=VERSION)
    cost = Cost(*numbers)
    if version < 1 or not cost.bearable:
        raise Refused("study.damaged", path=str(path))
    if passphrase is None:
        raise SealedError("seal.needed", path=str(path))
    if isinstance(passphrase, Seal):
        seal = passphrase
    else:
        seal = Seal(_key(passphrase, salt, cost), salt, cost)
    try:
        return AESGCM(seal.key).decrypt(nonce, whole[_HEADER.size :], header), seal
    except InvalidTag as error:
        raise SealedError("seal.wrong", path=str(path)) from error


def plain_of(whole: bytes, seal: Seal | None, path: Path) -> bytes:
    """Give the plain bytes of a file that may be sealed or not; `path` is what sentences name.

    Raises:
        SealedError, Refused: as `unsealed`.
    """
    return unsealed(whole, seal, path)[0] if whole.startswith(MAGIC) else whole


def opens(path: Path, passphrase: str) -> bool:
    """Tell whether a passphrase opens a sealed file."""
    try:
        unsealed(path.read_bytes(), passphrase, path)
    except (OSError, Refused):
        return False
    return True


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Make a key; the same letters are the same passphrase however a keyboard composes them."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    letters = unicodedata.normalize("NFKC", passphrase.strip()).encode()
    made = Scrypt(salt=salt, length=_KEY, n=1 << cost.power, r=cost.block, p=cost.lanes)
    return made.derive(letters)
