"""An instance of the second nurse rostering competition as a target: a name in its dataset's folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[..., Any]
ROSTER = """nurse,week,day,shift,skill
Anna,1,Mon,Early,HeadNurse
Anna,1,Tue,Early,Nurse
"""


def test_a_name_in_a_folder_is_judged_by_its_own_cost(
    samples: Path, place: Path, call: Call
) -> None:
    roster = place / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    target = samples / "inrc2" / "n003w2_0_0-1"
    ended = call("check", target, "--solution", roster, "--json")
    assert ended.code == 0
    (score,) = ended.document["scores"].values()
    # Anna rests 7 days, then 5, where 3 are best; the rest is what nobody at work costs
    assert score["total"] == 90 + (15 + (120 + 60 + 330 + 300) + (40 + 80 + 20))
    assert score["hard"] == 0
    (nobody,) = call("check", target, "--json").document["scores"].values()
    assert (nobody["total"], nobody["breaches"]) == (1275, 1)
    assert sorted(path.name for path in place.iterdir()) == ["roster.csv"]


def test_it_is_taken_into_a_study_of_its_own(samples: Path, place: Path, call: Call) -> None:
    out = place / "nurses.opale"
    assert call("import", samples / "inrc2" / "n003w2_0_0-1", "--out", out).code == 0
    counts = call("info", out, "--json").document["counts"]
    assert (counts["staff"], counts["history"], counts["contract"]) == (3, 3, 2)


def test_faults_are_told_in_both_languages(samples: Path, place: Path, call: Call) -> None:
    ended = call("info", samples / "inrc2_bad", "--lang", "fr")
    assert ended.code == 1
    assert "Sc-n003w2.txt, ligne 11, colonne 2" in ended.err
    assert "WD-n003w2-1.txt, ligne 12" in ended.err
    missing = call("info", samples / "inrc2" / "n003w2_0_0-7")
    assert missing.code == 1
    assert "WD-n003w2-7.txt" in missing.err
