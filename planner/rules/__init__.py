"""Rules: the contract, the blocks, what spaces and views show, and one folder a part."""

from typing import Any

from planner.catalogue import modules
from planner.rules.contract import RULES, Rule


def catalogue() -> dict[str, type[Rule[Any, Any]]]:
    """Give every rule type by name; reads the rule folders on first use."""
    modules("planner.rules")
    return RULES
