"""When a process of this machine began, so that a number which is used again is told from the one before."""

import re
import sys
from pathlib import Path
from typing import Final

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_BEGAN: Final = re.compile(r"[0-9a-f-]{36} [0-9]{1,20}")


def began(pid: int) -> str:
    """Tell when a process began: the id of the machine's start, and the ticks from there.

    The ticks are field 22 of proc_pid_stat(5). It is "" where the system does not tell it, or
    there is no such process.
    """
    if sys.platform != "linux":
        return ""
    try:
        boot = _BOOT.read_text(encoding="ascii").strip()
        # the name of the program stands in brackets, with any signs in it
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return moment(f"{boot} {int(fields[19])}")
    except (OSError, ValueError, IndexError):
        return ""


def moment(words: object) -> str:
    """Give what somebody has written as such a moment, "" where it is none."""
    return words if isinstance(words, str) and _BEGAN.fullmatch(words) else ""
