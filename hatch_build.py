"""The build hook: compiles the French and English sentences before a wheel is made.

An editable installation compiles into the tree; git does not keep the result.
"""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _po(root: Path) -> ModuleType:
    """Load `planner/po.py` by its place: the package itself is not installed while it is built."""
    spec = importlib.util.spec_from_file_location("opale_po", root / "planner" / "po.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("planner/po.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CompileWords(BuildHookInterface[Any]):
    """Writes one `opale.mo` a language beside its `.po` files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all languages; called for wheels, editable ones too."""
        root = Path(self.root)
        po = _po(root)
        for folder in sorted((root / "planner" / "locale").glob("*/LC_MESSAGES")):
            entries = po.read_folder(folder)
            (folder / "opale.mo").write_bytes(po.compiled(entries, folder.parent.name))
