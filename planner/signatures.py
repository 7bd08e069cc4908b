"""Who stands behind a plan, and for what: each step of a plan's way out is signed.

The account is that of the operating system, the name what somebody typed for somebody else: it is kept
and told as declared. A digest says what was signed, so that what has changed since is a draft again
without anybody having to remember it, and is what it was once the change is undone.
"""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final
from unicodedata import category

from planner.fingerprint import fingerprint
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Waiver

DRAFT, PROPOSED, APPROVED, PUBLISHED = "draft", "proposed", "approved", "published"
STEPS: Final = (PROPOSED, APPROVED, PUBLISHED)
MAPPED: Final = " (userns)"
"""What ends an account whose system is not the one that knows it: no account has such a name."""

_UNSEEN: Final = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})
_BLANK: Final = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, *range(0xFE00, 0xFE10)))
)
"""Letters and marks that show nothing (Default_Ignorable of Unicode, and the empty pattern of Braille)."""
_KEPT: Final = 24
_made: list[tuple[Plan, bytes]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A step, and who took it: `made` is ISO 8601, UTC; `name` is declared by the account.

    An account that ends with `MAPPED` signed inside a user namespace, where it may call itself anything.
    """

    step: str
    account: str
    name: str = ""
    made: str = ""
    reason: str = ""
    digest: str = ""

    @property
    def declared(self) -> bool:
        """Whether the account names somebody else."""
        return bool(self.name)

    @property
    def mapped(self) -> bool:
        """Whether the account is what a user namespace says, and none that the system vouches for."""
        return self.account.endswith(MAPPED)

    @property
    def holder(self) -> str:
        """The account by its name alone."""
        return self.account.removesuffix(MAPPED)

    @property
    def person(self) -> tuple[str, str]:
        """What tells one person from another, as far as can be known."""
        name = plain_name(self.name).casefold()
        return self.holder, "" if name == self.holder.casefold() else name


def plain_name(name: str) -> str:
    """Give a name without signs that nobody sees, its letters written in one way: those make nobody else."""
    signs = unicodedata.normalize("NFKC", name)
    shown = (sign for sign in signs if category(sign) not in _UNSEEN and sign not in _BLANK)
    return " ".join("".join(shown).split())


def persons(signatures: Iterable[Signature]) -> int:
    """Count the people behind signatures."""
    return len({each.person for each in signatures})


def signed_digest(problem: Problem, plan: Plan, waivers: Iterable[Waiver]) -> str:
    """Give the digest of what is signed: facts and rules, the plan, and what is accepted in it."""
    whole = blake2b(fingerprint(problem).encode(), digest_size=16)
    whole.update(plan_digest(plan))
    for each in waivers:
        cells = (each.rule, sorted(each.subjects), each.first, each.last, each.most, each.reason)
        whole.update(json.dumps([*cells, each.author, each.made.isoformat()]).encode())
    return whole.hexdigest()


def published_digest(plan: Plan) -> str:
    """Give the digest of what is published: the plan alone, as whoever publishes may tell people too."""
    return plan_digest(plan).hex()


def plan_digest(plan: Plan) -> bytes:
    """Give the digest of a plan; remembered by identity."""
    for known, digest in _made:
        if known is plan:
            return digest
    rows = json.dumps([plan.sessions, plan.days], ensure_ascii=False, separators=(",", ":"))
    digest = blake2b(rows.encode(), digest_size=16).digest()
    _made.insert(0, (plan, digest))
    del _made[_KEPT:]
    return digest
