"""What the family is about, in one line."""

# Copy this file to the name of the new family and fill it in; a name that begins with an underscore
# is no indicator. Then: the messages `kpi.NAME` and `kpi.NAME.definition` in both
# `locale/*/LC_MESSAGES/kpis.po`, and a table worked out by hand in `tests/planner`. Comparison,
# reports and tables find the indicator themselves.

from planner.kpis.contract import Amounts, Outcome, kpi
from planner.rules.contract import EVERYONE


@kpi("teaching_cases", unit="case", better="more", part="theatre")
def teaching_cases(outcome: Outcome) -> Amounts:
    """Count the placed cases that carry the flag `teaching`.

    Amounts by case: the comparison can say which cases the difference comes from. Say what an
    outcome without placements or duties gives, and where the formula comes from.
    """
    return {
        ("case", placed.case.id): 1
        for placed in outcome.theatre.placed(EVERYONE)
        if "teaching" in placed.case.flags
    }
