"""The shape of the house: who may import whom, who owns what, and what no file may hold."""

import ast
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGES = ("planner", "solvers", "data", "ui")
ROOT = Path(__file__).resolve().parent.parent

OWNERS = {
    "ortools": "solvers",
    "google": "solvers",  # protobuf: the text form of CP-SAT models
    "numba": "solvers",
    "numpy": "solvers",
    "highspy": "solvers",
    "filelock": "solvers",
    "pandas": "data",
    "sqlite3": "data",
    "sqlite_utils": "data",
    "cattrs": "data",
    "attrs": "data",
    "openpyxl": "data",
    "xlsxwriter": "data",
    "holidays": "data",
    "babel": "data",
    "jinja2": "data",
    "markupsafe": "data",  # the escaping half of jinja2
    "tomlkit": "data",
    "platformdirs": "data",
    "cryptography": "data",
    "click": "ui.cli",
    "click_default_group": "ui.cli",
    "rich": "ui.cli",
    "PySide6": "ui.window",
    "shiboken6": "ui.window",
    "qtawesome": "ui.window",
}
"""Outside library → the one part of the house that imports it. A new library is a line here."""

SINS = {
    "planner/sin.py": "import solvers\nimport numpy\nimport sqlite3\n",
    "data/sin.py": "import solvers\nimport ortools\nimport PySide6\n",
    "solvers/sin.py": "import data\nimport sqlite3\nimport pandas\n",
    "planner/kpis/sin_a.py": "import planner.kpis.sin_b\n",
    "planner/kpis/sin_b.py": "",
    "data/importers/sin_a.py": "import data.importers.sin_b\n",
    "data/importers/sin_b.py": "",
}
"""Imports that must not be: with them planted, no contract may hold."""


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Give all statements, those inside others too; to walk through expressions takes much longer."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for node in getattr(tree, name, ()):
            yield node
            yield from statements(node)


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Give the full names that a file imports anywhere, inside functions too, with their lines."""
    found: list[tuple[str, int]] = []
    for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
    return tuple(found)


def test_every_import_contract_breaks_when_its_sin_is_planted(tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in SINS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [contract["name"] for contract in contracts["tool"]["importlinter"]["contracts"]]
    flat = " ".join(done.stdout.split())
    assert done.returncode == 1, done.stdout + done.stderr
    assert [name for name in names if f"{name} BROKEN" not in flat] == []


def test_the_contracts_name_every_outside_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    forbidden = {
        package: {
            library
            for contract in contracts
            if contract["type"] == "forbidden" and package in contract["source_modules"]
            for library in contract["forbidden_modules"]
        }
        for package in PACKAGES
    }
    assert set(OWNERS) - {"google"} <= forbidden["planner"]
    for library in ("ortools", "numba", "numpy", "highspy"):
        assert all(library in forbidden[package] for package in PACKAGES if package != "solvers")
    for library in ("sqlite3", "sqlite_utils", "pandas", "openpyxl", "xlsxwriter"):
        assert all(library in forbidden[package] for package in PACKAGES if package != "data")


def test_every_outside_library_has_one_owner() -> None:
    strangers = []
    for path in sources(*PACKAGES):
        for name, line in imports(path):
            top = name.partition(".")[0]
            owner = OWNERS.get(top, "nobody")
            own = top in PACKAGES or (top in sys.stdlib_module_names and top not in OWNERS)
            if not own and not f"{module_name(path)}.".startswith(f"{owner}."):
                strangers.append(f"{place(path)}:{line} imports {name}, which belongs to {owner}")
    assert strangers == []


def test_imports_are_absolute() -> None:
    relative = [
        f"{place(path)}:{node.lineno}"
        for path in sources(*PACKAGES, "tests")
        if re.search(
            r"\bfrom\s+\.", words := path.read_text(encoding="utf-8")
        )  # few have to be read
        for node in ast.walk(ast.parse(words))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_the_command_line_reaches_the_window_in_one_command_only() -> None:
    found = {
        place(path)
        for path in sources("ui/cli")
        for name, _ in imports(path)
        if f"{name}.".startswith("ui.window.")
    }
    assert found <= {"ui/cli/gui.py"}


def loaded(code: str) -> set[str]:
    """Run a piece of code in a fresh process and give the modules that it loaded."""
    tail = "\nimport json, sys; print('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code + tail], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_comes_without_the_heavy_libraries(arguments: list[str]) -> None:
    code = (
        f"from ui.cli.__main__ import main\ntry: main({arguments!r})\n"
        "except SystemExit as end: assert not end.code"
    )
    heavy = {
        "ortools",
        "numba",
        "numpy",
        "highspy",
        "pandas",
        "sqlite_utils",
        "openpyxl",
        "PySide6",
    }
    assert loaded(code) & heavy == set()


def test_the_domain_loads_nothing_but_the_standard_library() -> None:
    names = [module_name(path) for path in sources("planner") if not path.name.startswith("_")]
    code = f"for name in {names!r}: __import__(name)"
    found = {name.partition(".")[0] for name in loaded(code) - loaded("pass")}
    ours = {name for name in found if name not in sys.stdlib_module_names and name[0] != "_"}
    assert ours == {"planner"}


def test_the_door_runs_as_a_module_without_the_folder_of_the_caller(tmp_path: Path) -> None:
    """The worker is started with `-P -m ui.cli`: a folder named `data` where it stands is harmless."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "__init__.py").write_text("raise RuntimeError\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "ui.cli", "--version"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_four_names_belong_to_nobody_else() -> None:
    owners = importlib.metadata.packages_distributions()
    assert {owner for name in PACKAGES for owner in owners.get(name, ())} <= {"opale"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for package in (*PACKAGES, "tests"):
        shutil.copytree(
            ROOT / package,
            copy / package,
            ignore=shutil.ignore_patterns("__pycache__", "*.mo", "samples"),
        )
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=copy,
        capture_output=True,
        check=True,
    )
    return next((copy / "dist").glob("opale-*.whl"))


def test_the_wheel_holds_the_four_packages_and_compiled_words(wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(wheel, tmp_path, "zip")
    tops = {path.name for path in tmp_path.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == set(PACKAGES)
    assert sorted(path.parts[-3] for path in tmp_path.rglob("*.mo")) == ["en", "fr"]
    assert not list(tmp_path.rglob("*.po"))
    assert list(tmp_path.rglob("*.otf"))
    for pattern in ("*.sql", "*.toml", "*.css", "*.html", "*.otf"):
        ours = {place(path) for package in PACKAGES for path in (ROOT / package).rglob(pattern)}
        assert ours <= {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob(pattern)}
    code = "from planner import words; print(words.__file__, words.say('list.and', 'fr'))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert str(tmp_path.resolve()) in said
    assert said.endswith(" et\n")


def test_the_wheel_is_in_order(wheel: Path) -> None:
    code = "from check_wheel_contents.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--config", str(ROOT / "pyproject.toml"), str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_said_once() -> None:
    from planner import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def pins() -> dict[str, str]:
    found = {}
    for raw in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line:
            name, sign, version = line.partition("==")
            assert sign, f"constraints.txt: no exact version: {line}"
            found[re.sub(r"[-_.]+", "-", name).lower()] = version
    return found


def test_every_library_is_pinned_and_the_pins_are_what_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[=<>\[; ]", each)[0]).lower() for each in wanted}
    assert names <= set(pins())
    differing = {}
    for name, version in pins().items():
        try:
            here = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # a pin for another system
        if here != version:
            differing[name] = (version, here)
    assert differing == {}


def texts() -> list[Path]:
    """The files of the project as git would take them; all of them where there is no git."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = done.stdout.splitlines() or [place(path) for path in sources(*PACKAGES, "tests")]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


STRANGE = re.compile(
    r"(?<![\w.:/])/(?:work|home|root|opt|Users)/\w"  # somebody's machine
    r"|\b[A-Z]:\\\\?Users"
    r"|(?:index-url|find-links)|pythonhosted\.org|//pypi\.org/simple"  # somebody's package index
)


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = []
    for path in texts():
        if path == Path(__file__).resolve():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a database, or a sample in another encoding
        found += [
            f"{place(path)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(text.splitlines(), 1)
            if STRANGE.search(line)
        ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"util", "utils", "helper", "helpers", "manager", "base", "misc", "common", "tools"}
    found = [place(path) for path in sources(*PACKAGES, "tests") if path.stem.strip("_") in empty]
    assert found == []


LONG = {
    "tests/contracts/contract_drawing.py": "one generator of parameters, scopes and waivers",
    "tests/gui/test_window_document.py": "one document from its opening to what is left of it",
    "tests/gui/test_window_journey.py": "one journey by mouse and by keys, on the same steps",
    "tests/gui/test_window_solving.py": "one solver through all that its worker may do",
    "tests/planner/test_field_cases_roster.py": "one table of situations, a few tests each",
    "tests/planner/test_merging.py": "one merge, each case of it from both sides",
}
"""Files above 400 lines, with the answer to the question that they raise; none above 600."""


def test_a_long_file_has_an_answer() -> None:
    lengths = {
        place(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(*PACKAGES, "tests")
    }
    assert {name for name, lines in lengths.items() if lines > 400} <= LONG.keys()
    assert {name: lines for name, lines in lengths.items() if lines > 600} == {}


def test_every_package_says_in_a_sentence_what_it_is() -> None:
    folders = {path.parent for path in sources(*PACKAGES)}
    silent = [
        place(folder)
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_tests_are_no_packages_and_have_names_of_their_own() -> None:
    names = Counter(path.name for path in sources("tests"))
    del names["conftest.py"]  # one a folder, by design of pytest
    assert "__init__.py" not in names
    assert [name for name, count in names.items() if count > 1] == []
    assert not (ROOT / "tests" / "ui").exists()
