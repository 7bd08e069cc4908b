"""A demo hospital that is made in English has English names, and the same plans and figures."""

import pytest

from data.demo import PROFILES, generate
from planner.fingerprint import fingerprint
from planner.problem import RECORD_KINDS, Problem

ALIKE = {"Laser", "Neuronavigation", "Sleeve gastrectomie"}
"""Names that look the same in both languages, or nearly."""


def names(problem: Problem) -> list[str]:
    """Give all names, those of people aside: nobody has one."""
    records = (record for kind in RECORD_KINDS for record in problem.records(kind))
    return [name for name in (getattr(record, "name", "") for record in records) if name]


@pytest.mark.parametrize("profile", PROFILES)
def test_names_are_in_the_language_and_all_else_is_the_same(profile: str) -> None:
    french, english = generate(profile), generate(profile, lang="en")
    assert fingerprint(english) == fingerprint(french)
    told = list(zip(names(french), names(english), strict=True))
    assert len(told) > 5
    assert {one for one, other in told if one == other} <= ALIKE
    assert not [other for _, other in told if set(other.lower()) & set("éèêàçœî")]
    assert not [other for _, other in told if "Salle" in other or "intervention" in other]
    assert generate(profile, lang="fr") == french
