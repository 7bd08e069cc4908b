"""F81 without a window: a person leaves who is in the plan, and nothing is asked."""

from typing import Any

House = Any

SHIFTS = "id;start;end;tags\nM;07:30;15:00;work\nN;19:00;07:00;work|night\n"
NEEDS = "id;day;shifts;least\n" + "".join(f"c{day};2026-10-{day:02d};M|N;1\n" for day in (12, 13))


def test_f81_a_last_day_set_by_the_command_line(house: House) -> None:
    call, rules = house.call, house.rule("away", "absence")
    files = house.roster("2026-10-05", "M M - - N - - M M -")
    study = house.study("2026-10-05", 14, rules, shifts=SHIFTS, cover=NEEDS, **files)
    assert call("check", study).code == 0
    assert call("scenario", "branch", study, "leaving").code == 0
    target = f"{study}#leaving"
    ended = call("scenario", "change", target, "--set", "staff/A.last=2026-10-09")
    assert ended.code == 0, ended.err
    open_places = "2 shifts lose their person and stand open: Mon 12 Oct M, Tue 13 Oct M."
    assert open_places in ended.out
    assert "Also in the plans of: base." in ended.out
    checked = call("check", target)
    assert checked.code == 0
    assert "the plan was made for other facts or rules." in checked.out
    assert "Staff member A: last day from nothing to Fri 9 Oct." in checked.out
    compared = call("compare", study, "--json").document
    (change,) = compared["inputs"]
    assert (change["kind"], change["id"], change["field"]) == ("staff", "A", "last")
    assert (change["from"], change["to"]) == (None, "2026-10-09")
    assert [each["scenario"] for each in compared["stale"]] == ["leaving"]
    lost = [(each["person"], each["day"], each["to"]) for each in compared["duties"]]
    assert lost == [("A", "2026-10-12", None), ("A", "2026-10-13", None)]
    assert call("check", study).code == 0  # the base knows nothing of it


def test_f81_a_plan_from_elsewhere_with_shifts_after_a_last_day(house: House) -> None:
    files = house.roster("2026-10-05", "M M - - N - - M M -")
    head, *rows = files["staff"].strip().splitlines()
    files["staff"] = "\n".join([f"{head};last day", *(f"{row};2026-10-09" for row in rows)])
    study = house.study("2026-10-05", 14, house.rule("away", "absence"), shifts=SHIFTS, **files)
    checked = house.call("check", study)
    assert checked.code == 2
    assert "A: shift M on Mon 12 Oct is after the last day of work, Fri 9 Oct" in checked.out
    breaches = house.call("check", study, "--json").document["breaches"]
    assert [(each["when"], each["amount"]) for each in breaches] == [
        ("2026-10-12", 1),
        ("2026-10-13", 1),
    ]


def test_a_folder_of_before_has_no_last_day_and_a_new_one_keeps_it(house: House) -> None:
    files = house.roster("2026-10-05", "M M")
    assert "last" not in files["staff"]
    study = house.study("2026-10-05", 7, shifts=SHIFTS, **files)
    assert [row["last"] for row in house.exported(study, "staff")] == [""]
    head, *rows = files["staff"].strip().splitlines()
    later = "\n".join([f"{head};last day", *(f"{row};2026-10-09" for row in rows)])
    study = house.study("2026-10-05", 7, shifts=SHIFTS, **{**files, "staff": later})
    assert [row["last"] for row in house.exported(study, "staff")] == ["2026-10-09"]
