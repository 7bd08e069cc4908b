"""Rule packs: laws and local agreements as TOML files, each rule with its source and examples."""

from planner.packs.example import Example, answer, example_table, situation
from planner.packs.pack import Pack, PackError, load, names, read, strangers
from planner.packs.scheme import (
    PriorityClass,
    PriorityScheme,
    load_scheme,
    read_scheme,
    scheme_names,
)
from planner.packs.theatre_example import TheatreExample, theatre_answer, theatre_situation

__all__ = [
    "Example",
    "Pack",
    "PackError",
    "PriorityClass",
    "PriorityScheme",
    "TheatreExample",
    "answer",
    "example_table",
    "load",
    "load_scheme",
    "names",
    "read",
    "read_scheme",
    "scheme_names",
    "situation",
    "strangers",
    "theatre_answer",
    "theatre_situation",
]
