"""Rule packs: laws and local agreements as TOML files, each rule with its source and examples."""

from planner.packs.example import Example, answer, situation
from planner.packs.pack import Pack, PackError, load, names, read, strangers
from planner.packs.theatre_example import TheatreExample, theatre_answer, theatre_situation

__all__ = [
    "Example",
    "Pack",
    "PackError",
    "TheatreExample",
    "answer",
    "load",
    "names",
    "read",
    "situation",
    "strangers",
    "theatre_answer",
    "theatre_situation",
]
