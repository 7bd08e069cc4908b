"""Rule packs: laws and local agreements as TOML files, each rule with its source and examples."""

from planner.packs.example import Example, answer, situation
from planner.packs.pack import Pack, PackError, load, names, read, strangers

__all__ = [
    "Example",
    "Pack",
    "PackError",
    "answer",
    "load",
    "names",
    "read",
    "situation",
    "strangers",
]
