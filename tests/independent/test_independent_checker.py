"""The checker as a program, apart from the product."""

import ast
import subprocess
import sys
from pathlib import Path

from checker import check
from independent_clock import Walked
from independent_export import by_hand, change, duties, write

HERE = Path(__file__).resolve().parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / "checker.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_it_imports_nothing_of_the_product() -> None:
    own = {path.stem for path in HERE.glob("*.py")}
    for path in HERE.glob("*.py"):
        if path.name.startswith(("test_", "planted_")):  # those who ask both, and plant for both
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            roots = {name.partition(".")[0] for name in names}
            assert roots <= own | sys.stdlib_module_names, (path.name, roots)


def test_it_says_what_is_wrong_and_exits_with_2(tmp_path: Path) -> None:
    right = run(str(write(duties(by_hand(), oct05="J9"), tmp_path / "right")))
    assert (right.returncode, right.stdout) == (0, "0 breaches in 3 placements and 1 duties\n")
    late = change(by_hand(), "placements K2 start=09:55")
    wrong = run(str(write(late, tmp_path / "wrong")))
    assert wrong.returncode == 2
    assert wrong.stdout.splitlines() == [
        (
            "room_overlap (room_overlap): "
            "R1, with turnovers, has K1 and K2 at 2026-10-05 09:35 for 5 minutes"
        ),
        "1 breaches in 3 placements and 0 duties",
    ]


def test_what_is_no_export_exits_with_1(tmp_path: Path) -> None:
    for arguments in ((), (str(tmp_path / "nowhere"),), (str(tmp_path),)):
        done = run(*arguments)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr


def test_a_rule_that_it_does_not_know_is_named_and_a_hard_one_is_no_success(
    tmp_path: Path,
) -> None:
    folder = write(by_hand(), tmp_path)
    more = '[[rule]]\nid = "T98"\ntype = "moon_phase"\ntier = 1\nenabled = true\n'
    with (folder / "rules.toml").open("a", encoding="utf-8") as file:
        file.write(more)
    assert [limit.id for limit in check(folder).unjudged] == ["T98"]
    with (folder / "rules.toml").open("a", encoding="utf-8") as file:
        file.write(more.replace("tier = 1", "tier = 0").replace("T98", "T99"))
    done = run(str(folder))
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "not judged here: T98 (moon_phase, soft)",
        "not judged here: T99 (moon_phase, hard)",
    ]


def test_the_walk_through_the_minutes_meets_both_clock_changes() -> None:
    import datetime as dt

    walked = Walked("Europe/Paris", dt.date(2026, 3, 1), dt.date(2026, 11, 1))
    spring, autumn, usual = dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 10, 5)
    lengths = [len(walked.day(day)) for day in (spring, autumn, usual)]
    assert lengths == [1380, 1500, 1440]
    assert walked.instant(spring, 150) == walked.instant(spring, 180)  # 02:30 was leapt over
    assert walked.instant(autumn, 180) - walked.instant(autumn, 150) == 90  # the first 02:30
    assert walked.instant(usual, 1530) == walked.instant(dt.date(2026, 10, 6), 90)
