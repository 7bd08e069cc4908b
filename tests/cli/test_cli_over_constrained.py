"""A ward that asks for twice what there is, through the program: a roster, and all that stays open."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
House = Any

DATES = [f"2024-11-{day:02d}" for day in range(4, 8)]


def ward(house: House, tier: int) -> Path:
    """Make four days on which five are needed by day and one with X by night; four are there, one has X."""
    rules = (
        house.rule("rest", "min_gap", minutes=660),
        house.rule("away", "absence"),
        house.rule("cover", "coverage", tier, level="least"),
    )
    needs = "".join(f"z{d};{d};Z;;5;5;2\nn{d};{d};N;X;1;1;3\n" for d in DATES)
    made: Path = house.study(
        DATES[0],
        len(DATES),
        "".join(rules),
        staff="id;contract;skills\nR1;FPH;X\nR2;FPH;\nR3;FPH;\nR4;FPH;\n",
        shifts="id;start;end\nZ;08:00;14:00\nN;20:20;06:30\n",
        cover=f"id;day;shifts;skill;least;best;price_below\n{needs}",
    )
    return made


@pytest.mark.parametrize(("tier", "code", "status"), [(1, 0, "optimal"), (0, 2, "relaxed")])
def test_the_best_roster_is_written_and_each_open_post_is_named(
    house: House, call: Call, tier: int, code: int, status: str
) -> None:
    """Three work by day and one by night; two places of each day are left, and nobody is said to fail."""
    study = ward(house, tier)
    ended = call("solve", study, "--effort", 1, "--json")
    assert (ended.code, ended.document["status"]) == (code, status)
    duties = house.exported(study, "duties")
    assert {row["person"] for row in duties if row["shift"] == "N"} == {"R1"}
    assert len(duties) == 16
    days = ("Mon 4 Nov", "Tue 5 Nov", "Wed 6 Nov", "Thu 7 Nov")
    assert house.said(study, "cover") == [f"{day}, Z: 3 of 5 needed, 2 missing" for day in days]
    assert "infeasible" not in ended.err.lower()
    open_ = ended.document["uncovered"]
    assert [(each["date"], each["missing"]) for each in open_] == [(date, 2) for date in DATES]
    assert [each["sentence"] for each in open_] == house.said(study, "cover")


@pytest.mark.parametrize(
    ("lang", "remark", "breach", "posts"),
    [
        (
            *("en", r"5 needed .*4 can work", "Mon 4 Nov, Z: 3 of 5 needed, 2 missing"),
            "4 posts lack people, 8 in all",
        ),
        (
            *("fr", r"effectif requis 5 \(z2024-11-04\)", "lun. 4 nov."),
            "4 postes manquent de personnel, 8 en tout",
        ),
    ],
)
def test_what_counting_alone_can_tell_is_told_before_and_what_is_open_after(
    house: House, call: Call, lang: str, remark: str, breach: str, posts: str
) -> None:
    study = ward(house, 1)
    ended = call("solve", study, "--effort", 1, "--lang", lang)
    assert re.search(remark, ended.err)
    assert breach in ended.out, "the answer itself names the open posts"
    assert re.search(posts, ended.out)
    checked = call("check", study, "--all", "--lang", lang)
    assert checked.code == 0
    assert breach in checked.out
