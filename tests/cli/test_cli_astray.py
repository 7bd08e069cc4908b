"""Changes that miss what they were recorded for are told wherever their scenario is shown."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.study_file import open_study

Call = Callable[..., Any]
QUICK = ("--effort", "1", "--parts", "theatre")


def test_a_shifted_change_is_told_by_all_that_show_its_scenario(call: Call, two: Path) -> None:
    with open_study(two) as opened:
        case = opened.study.base.cases[0]
    child = f"{two}#closed"
    assert call("scenario", "change", child, "--set", f"case/{case.id}.mean=100").code == 0
    told = call("scenario", "change", two, "--set", f"case/{case.id}.mean=90")
    assert "“closed”: 1 shifted change; “planner check” says which." in told.out
    again = call("scenario", "change", two, "--set", f"case/{case.id}.note=x", "--json")
    assert again.document["missed"] == [], "nothing new is amiss"
    for command in (("info",), ("scenario", "list")):
        row = next(r for r in call(*command, two).out.splitlines() if r.startswith("closed"))
        assert "1 shifted change" in row
        document = call(*command, two, "--json").document
        counts = [(e["name"], e["broken"], e["shifted"]) for e in document["scenarios"]]
        assert counts == [("base", 0, 0), ("closed", 0, 1)]
    assert "“closed”: 1 shifted change" in call("compare", two).err
    asked = call("solve", child, *QUICK, "--lang", "fr")
    assert "1 modification a trouvé une autre valeur" in asked.err


def test_a_record_that_is_there_already_is_told_so(call: Call, two: Path) -> None:
    person = Path("person.json")
    with open_study(two) as opened:
        contract = opened.study.base.contracts[0].id
    person.write_text(json.dumps({"kind": "staff", "id": "77", "contract": contract}), "utf-8")
    assert call("scenario", "change", f"{two}#closed", "--add", person).code == 0
    told = call("scenario", "change", two, "--add", person)
    assert "“closed”: 1 broken change" in told.out
    found = call("check", f"{two}#closed", "--json").document["faults"]
    (fault,) = [each for each in found if "staff/77" in each["what"]]
    assert fault["what"].startswith("staff/77 is there already")


def test_what_was_changed_in_the_base_since_its_plan_is_said_before_it_is_solved(
    call: Call, two: Path
) -> None:
    with open_study(two) as opened:
        case = opened.study.base.cases[0]
    assert call("solve", two, *QUICK).code in (0, 2)
    assert "out of date" not in call("solve", two, *QUICK).err
    assert call("scenario", "change", two, "--set", f"case/{case.id}.mean=91").code == 0
    asked = call("solve", two, *QUICK)
    assert "The plan of “base” is out of date" in asked.err
    assert str(case.id) in asked.err
