"""Both languages say the same things, and say them well."""

import ast
import gettext
import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polib
import pytest

from planner import po, words
from planner.fields import KINDS, specs
from planner.problem import RECORD_KINDS
from planner.rules import catalogue
from planner.sentences import remark_words

FORMS = {"minutes", "clock", "number", "percent", "date", "day", "short", "moment", "week", "list"}
N, W = words.NARROW, words.WIDE


def placeholders(message: str) -> set[tuple[str, str]]:
    parts = string.Formatter().parse(message)
    return {(name, form or "") for _, name, form, _ in parts if name is not None}


def test_english_and_french_have_the_same_ids() -> None:
    assert set(words.messages("en")) == set(words.messages("fr"))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_message_is_empty_or_its_own_id(lang: str) -> None:
    poor = [
        message
        for message, forms in words.messages(lang).items()
        if not all(form.strip() and form != message for form in forms) or len(forms) not in (1, 2)
    ]
    assert poor == []


def test_both_languages_tell_the_same_facts() -> None:
    french = words.messages("fr")
    differing = {}
    for message, forms in words.messages("en").items():
        facts = [
            {name for form in each for name, _ in placeholders(form)}
            for each in (forms, french.get(message, forms))
        ]
        if facts[0] != facts[1]:
            differing[message] = facts
    assert differing == {}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_fact_has_a_plain_name_and_a_form_that_exists(lang: str) -> None:
    strange = [
        (message, name, form)
        for message, forms in words.messages(lang).items()
        for sentence in forms
        for name, form in placeholders(sentence)
        if not name.isidentifier() or not (form in FORMS or form == "" or form[-1:] in "dsf")
    ]
    assert strange == []


def calls(root: Path) -> Iterator[tuple[str, str]]:
    """Find the ids that stand in the code as they are: in `say`, `About` and `Price`."""
    for package in ("planner", "solvers", "data", "ui"):
        for path in sorted((root / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if not re.search(r"\b(say|About|Price)\(", text):
                continue  # half of the files: they need not be read
            for node in ast.walk(ast.parse(text)):
                if not (isinstance(node, ast.Call) and node.args):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if name in ("say", "About", "Price") and isinstance(first, ast.Constant):
                    if isinstance(first.value, str) and not path.name.startswith("_"):
                        yield first.value, path.relative_to(root).as_posix()


def test_every_id_in_the_code_has_a_sentence(root: Path) -> None:
    english = words.messages("en")
    missing = sorted({(id, place) for id, place in calls(root) if id not in english})
    assert missing == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_another_reader_of_po_files_agrees(lang: str) -> None:
    for path in sorted((words.FOLDER / lang / "LC_MESSAGES").glob("*.po")):
        ours = po.read(path.read_text(encoding="utf-8"), path.name)
        theirs = {
            entry.msgid: tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
            for entry in polib.pofile(str(path), encoding="utf-8")
        }
        assert ours == theirs, path.name


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_compiled_words_are_read_by_another_reader(lang: str, tmp_path: Path) -> None:
    target = tmp_path / "opale.mo"
    entries = {"one": ("é",), "many": ("{n} lit", "{n} lits"), "zoo": ("z\n2",)}
    target.write_bytes(po.compiled(entries, lang))
    read = {entry.msgid: entry for entry in polib.mofile(str(target))}
    assert read["one"].msgstr == "é"
    assert read["zoo"].msgstr == "z\n2"
    assert read["many"].msgstr_plural == {0: "{n} lit", 1: "{n} lits"}


def test_no_line_ends_before_a_french_sign(tmp_path: Path) -> None:
    for lang, typed, shown in (
        (
            "fr",
            "« {a} » : b ; c ! d ? 5 %",
            "«\u00a0{a}\u00a0»\u202f: b\u202f; c\u202f! d\u202f? 5\u202f%",
        ),
        ("en", "{a} : b", "{a} : b"),
    ):
        target = tmp_path / f"{lang}.mo"
        target.write_bytes(po.compiled({"one": (typed,), "many": ("a ?", "b ?")}, lang))
        read = {entry.msgid: entry for entry in polib.mofile(str(target))}
        assert read["one"].msgstr == shown
        assert (read["many"].msgstr_plural[1] == "b\u202f?") == (lang == "fr")


def test_one_space_stands_before_a_french_sign_however_it_was_typed() -> None:
    typed = {
        message: forms
        for path in (words.FOLDER / "fr" / "LC_MESSAGES").glob("*.po")
        for message, forms in po.read(path.read_text(encoding="utf-8"), path.name).items()
    }
    shown = gettext.GNUTranslations(io.BytesIO(po.compiled(typed, "fr")))
    wrong = re.compile(rf"[ {W}][:;!?%]|«[ {N}]|[ {N}]»")
    assert [each for each in typed if wrong.search(shown.gettext(each))] == []


def test_french_signs_stand_apart_from_their_words() -> None:
    """A space, of whatever kind, before ; : ! ? » % and after «, but in what is typed: close:SALLE,HH:MM."""
    fact = re.compile(r"\{[^{}]*\}")
    space = rf"[\s{N}{W}]"
    glued = re.compile(rf"(?<!{space})[;:!?»%](?!\w)|«(?!{space})|'|\"|\.\.\.")
    found = {
        message: sentence
        for message, forms in words.messages("fr").items()
        for sentence in forms
        if glued.search(fact.sub("X", sentence))
    }
    assert found == {}


def test_clauses_are_joined_in_the_manner_of_the_language(root: Path) -> None:
    assert words.clauses(["a, b", "c"], "en") == "a, b; c"
    assert words.clauses(["a, b", "c"], "fr") == f"a, b{N}; c"
    joined = [
        path.name
        for package in ("planner", "data", "ui")
        for path in (root / package).rglob("*.py")
        if '"; ".join' in path.read_text(encoding="utf-8") and path.name != "words.py"
    ]
    assert joined == []


def test_a_fact_named_date_is_written_as_a_date() -> None:
    """Never as 2026-10-05: that is for files and for what is typed."""
    bare = [
        (lang, message)
        for lang in words.LANGUAGES
        for message, forms in words.messages(lang).items()
        for sentence in forms
        if ("date", "") in placeholders(sentence)
    ]
    assert bare == []


def test_dates_may_come_as_they_stand_in_files() -> None:
    facts = {"session": "A", "date": "2026-10-01"}
    assert words.say("import.other_date", "en", **facts) == "Session A is on 1 October 2026"
    told = words.say("import.other_date", "fr", **facts)
    assert told == "La vacation A est le 1er octobre 2026"


def test_dates_within_a_remark_are_written_out_and_codes_are_left_alone() -> None:
    pins = "I1 N 2026-10-05, S1-2026-10-05-J"
    told = remark_words("pins_clash", {"pins": pins, "rule": "r"}, "fr")
    assert "I1 N lun. 5 oct., S1-2026-10-05-J" in told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('msgid "a"\nmsgstr "b\n', "a.po:1"),
        ('msgid "a"\nmsgstr "b"\nwhat is this\n', "a.po:1"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "a.po:4"),
    ],
)
def test_a_faulty_po_file_is_named_with_its_line(text: str, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        po.read(text, "a.po")


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.po", "b.po"):
        (tmp_path / name).write_text('msgid "a"\nmsgstr "b"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.po: a"):
        po.read_folder(tmp_path)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue of our own: what the words say must not depend on the product's sentences."""
    english = (
        'msgid "left"\nmsgid_plural "left"\nmsgstr[0] "{n} case left"\nmsgstr[1] "{n} cases left"\n\n'
        'msgid "late"\nmsgstr "{case} is {late:minutes} late on {when:day}, at {at:clock}"\n\n'
        'msgid "sum"\nmsgstr "{a:number} and {b:percent} of {who:list}"\n\n'
        'msgid "only"\nmsgstr "Only English"\n\nmsgid "list.and"\nmsgstr "and"\n'
    )
    french = (
        'msgid "left"\nmsgid_plural "left"\nmsgstr[0] "{n} cas restant"\nmsgstr[1] "{n} cas restants"\n\n'
        'msgid "late"\nmsgstr "{case} finit {late:minutes} trop tard le {when:day}, à {at:clock}"\n\n'
        'msgid "sum"\nmsgstr "{a:number} et {b:percent} de {who:list}"\n\nmsgid "list.and"\nmsgstr "et"\n'
    )
    for lang, text in (("en", english), ("fr", french)):
        folder = tmp_path / lang / "LC_MESSAGES"
        folder.mkdir(parents=True)
        dates = (words.FOLDER / lang / "LC_MESSAGES" / "dates.po").read_text(encoding="utf-8")
        (folder / "a.po").write_text(text, encoding="utf-8")
        (folder / "dates.po").write_text(
            dates.replace('"list.and"', '"list.old"'), encoding="utf-8"
        )
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    words._catalogue.cache_clear()
    yield tmp_path
    words._catalogue.cache_clear()


@pytest.mark.usefixtures("small")
def test_a_count_chooses_singular_or_plural_as_the_language_does() -> None:
    assert [words.say("left", "en", n=n) for n in (0, 1, 2)] == [
        "0 cases left",
        "1 case left",
        "2 cases left",
    ]
    assert [words.say("left", "fr", n=n) for n in (0, 1, 2)] == [
        "0 cas restant",
        "1 cas restant",
        "2 cas restants",
    ]


@pytest.mark.usefixtures("small")
def test_facts_are_written_in_the_manner_of_the_language() -> None:
    facts = {"case": "C7", "late": 95, "when": date(2026, 11, 1), "at": 1530, "unused": 1}
    assert (
        words.say("late", "en", **facts)
        == f"C7 is 1{W}h{W}35 late on Sunday 1 November 2026, at 01:30{W}+1"
    )
    assert words.say("late", "fr", **facts) == (
        f"C7 finit 1{W}h{W}35 trop tard le dimanche 1er novembre 2026, à 01:30{W}+1"
    )
    facts = {"a": 12345.67, "b": 0.85, "who": ["A", "B", "C"]}
    assert words.say("sum", "en", **facts) == "12,345.7 and 85% of A, B and C"
    assert words.say("sum", "fr", **facts) == f"12{N}345,7 et 85{N}% de A, B et C"


@pytest.mark.usefixtures("small")
def test_what_is_missing_falls_back_and_is_an_error_in_tests() -> None:
    with pytest.warns(words.MissingWords, match="fr has no message only"):
        assert words.say("only", "fr") == "Only English"
    with pytest.warns(words.MissingWords):
        assert words.say("nobody", "fr", case="C1", n=2) == "nobody (case C1, n 2)"
    with pytest.warns(words.MissingWords, match="late in en"):
        assert words.say("late", "en", case="C1") == "late (case C1)"
    with pytest.raises(words.MissingWords):
        words.say("nobody", "en")


def test_words_are_compiled_again_when_a_sentence_is_newer(small: Path) -> None:
    import os

    folder = small / "en" / "LC_MESSAGES"
    (folder / "opale.mo").write_bytes(po.compiled({"only": ("From the compiled file",)}, "en"))
    for path, moment in (
        (folder / "a.po", 1000),
        (folder / "dates.po", 1000),
        (folder / "opale.mo", 2000),
    ):
        os.utime(path, (moment, moment))
    assert words.say("only", "en") == "From the compiled file"
    os.utime(folder / "a.po", (3000, 3000))
    words._catalogue.cache_clear()
    assert words.say("only", "en") == "Only English"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0", "0"),
        (-1234, "−1,234", f"−1{N}234"),
        (1234567, "1,234,567", f"1{N}234{N}567"),
        (0.25, "0.2", "0,2"),
        (-0.01, "0.0", "0,0"),
    ],
)
def test_numbers(value: float, english: str, french: str) -> None:
    assert words.number(value, "en") == english
    assert words.number(value, "fr") == french


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, f"0{W}min"),
        (59, f"59{W}min"),
        (60, f"1{W}h"),
        (450, f"7{W}h{W}30"),
        (-65, f"−1{W}h{W}05"),
    ],
)
def test_lengths_of_time(value: int, written: str) -> None:
    assert words.minutes(value) == written


@pytest.mark.parametrize(
    ("wanted", "environment", "chosen"),
    [
        ("fr", {"OPALE_LANG": "en"}, "fr"),
        (None, {"OPALE_LANG": "fr", "LANG": "en_GB.UTF-8"}, "fr"),
        (None, {"LC_ALL": "fr_FR.UTF-8", "LANG": "en_GB.UTF-8"}, "fr"),
        (None, {"LC_ALL": "", "LANG": "fr_CA"}, "fr"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"OPALE_LANG": "de"}, "en"),
    ],
)
def test_the_language_is_as_wanted_then_as_set_then_the_machines(
    wanted: str | None, environment: dict[str, str], chosen: str
) -> None:
    assert words.language(wanted, environment) == chosen


def test_a_language_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        words.language("de", {})


def test_users_never_see_the_warning_about_missing_words(root: Path) -> None:
    code = "from planner.words import say; print(say('nobody.has.this', 'fr', n=3))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("nobody.has.this (n 3)", "")


@pytest.mark.parametrize("kind", [*RECORD_KINDS, "rule"])
def test_every_kind_of_record_and_every_field_has_a_name(kind: str) -> None:
    wanted = [f"kind.{kind}"]
    if kind != "rule":
        wanted += [f"field.{kind}.{spec.name}" for spec in specs(KINDS[kind])]
    assert [id for id in wanted if not words.known(id)] == []


def test_every_rule_type_has_a_title() -> None:
    assert [name for name in catalogue() if not words.known(f"rule.{name}")] == []


def test_every_fault_has_a_sentence_and_a_hint(root: Path) -> None:
    tree = ast.parse((root / "planner" / "problem.py").read_text(encoding="utf-8"))
    whats = {
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "what" and isinstance(keyword.value, ast.Constant)
    }
    assert len(whats) > 5
    wanted = [f"fault.{what}{part}" for what in sorted(whats) for part in ("", ".hint")]
    assert [id for id in wanted if not words.known(id)] == []


def test_french_is_set_as_french() -> None:
    """The apostrophe is ’, quotes are « », and a space stands before : ; ! and ?."""
    faulty = re.compile(r"""\w'\w|["“”]|[\w)»][:;!?](\s|$)""")
    found = {
        message: form
        for message, forms in words.messages("fr").items()
        for form in forms
        if faulty.search(re.sub(r"\{[^}]*\}", "x", form))
    }
    assert found == {}
