"""A kind of source in one sentence. Copy this file, name it after the source, and add its test.

Its label is the message `importer.NAME`; its sample is `tests/samples/NAME…`, in good order, and
`tests/samples/NAME…_bad`, whose faults name row and column.
"""

from collections.abc import Mapping
from pathlib import Path

from data.importing import Imported, Importer, Unreadable, opening


class Template(Importer):
    """What it reads, and what becomes of it.

    Stands under `@importer("name", suffixes=(".txt",), options={"reading": ("default", "other")})`.
    """

    def sniff(self, path: Path) -> bool:
        """Tell by the first bytes whether the file is of this kind."""
        return opening(path).startswith(b"TEMPLATE")

    def take(self, path: Path, options: Mapping[str, str]) -> Imported:
        """Read the whole file and list all its faults; make no problem where there is one."""
        raise Unreadable("no_text", path.name)
