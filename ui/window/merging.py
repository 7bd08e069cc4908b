"""Merging in the window: the open study and another file become a new study, which has no file yet."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QFileDialog

from data.ancestry import Copy
from data.merging import Pair, paired, record_merge
from data.refused import Refused
from data.study_file import SUFFIX, open_study
from data.working import work_on_copy
from planner.edits import EditRefusedError
from planner.merging.conflicts import Place, Side
from planner.merging.judging import Clash
from planner.merging.study import Merged, OtherPeriodError
from planner.merging.taken import Taken
from ui.window.document import Document
from ui.window.naming import made as made_of
from ui.window.reading import must_be_study

if TYPE_CHECKING:
    from ui.window.files import Files

Rows: TypeAlias = tuple[tuple[Taken, ...], tuple[Taken, ...]]
"""What comes from ours alone, and from theirs alone."""


def begun(ours: Copy, path: Path, passphrase: str = "") -> tuple[Pair, Merged]:
    """Read the other study, find what both began as, and merge them without any choice.

    Raises:
        EditRefusedError: it is no study, nothing is known of their beginning, or the periods differ.
        Refused: it cannot be read.
    """
    must_be_study(path)
    with open_study(path, passphrase=passphrase or None) as opened:
        theirs = Copy.of(opened)
    pair = paired(ours, theirs)
    if pair is None:
        raise EditRefusedError("window.merge.strangers", file=path.name)
    try:
        return pair, pair.merged()
    except OtherPeriodError as error:
        raise EditRefusedError("cli.merge.other_period") from error


def started(ours: Copy, path: Path, passphrase: str = "") -> tuple[Pair, Merged, Rows]:
    """Begin, and find what comes from one side alone; raises what `begun` does."""
    pair, made = begun(ours, path, passphrase)
    return pair, made, pair.taken(made)


def finished(pair: Pair, choices: Mapping[Place, Side]) -> tuple[Merged, tuple[Clash, ...]]:
    """Merge with all choices; give what came of it, and what only both plans together break."""
    made = pair.merged(choices=choices)
    return made, tuple(pair.judge(made).clashes())


def ask_merge(files: "Files") -> None:
    """Ask for the other file, show what both changed, and open what comes of the choices."""
    bench = files.bench
    if bench.document is None:
        return
    words = bench.say("window.merge.which")
    name, _ = QFileDialog.getOpenFileName(files.window, words, "", f"Opale (*{SUFFIX})")
    if name:
        from ui.window.dialogs.merge import MergeDialog
        from ui.window.dialogs.passphrase import unlock

        path = Path(name)
        passphrase = unlock(bench, path, files.window)
        if passphrase is None:
            return

        def opened(pair: Pair, made: Merged, clashes: tuple[Clash, ...]) -> bool:
            return take(files, pair, made, clashes)

        dialog = MergeDialog(bench, path, opened, files.window, passphrase=passphrase)
        dialog.open()


def take(files: "Files", pair: Pair, made: Merged, clashes: tuple[Clash, ...]) -> bool:
    """Open a merged study as a new one; neither file is touched. Tell whether it is open."""
    bench, document = files.bench, files.bench.document
    if document is None:
        return False
    try:
        opened = work_on_copy(document.opened, pair.seal)
        try:
            record_merge(opened, pair, made, clashes)
        except BaseException:
            opened.close()
            raise
    except (Refused, OSError) as error:
        files.refuse(error)
        return False
    if not files.may_leave(bench.say("window.merge.leave")):
        opened.close()
        return False
    other = pair.theirs.path
    facts = {"file": document.title, "other": "" if other is None else other.name}
    bench.take(made_of(Document.begun(opened), "merged", **facts))
    told = ["window.merge.done", *(["window.merge.left"] if made.left else [])]
    sentences = [bench.say(each, n=len(made.left)) for each in told]
    if opened.seal is not None and document.opened.seal is None and pair.theirs.path is not None:
        sentences.append(bench.say("window.merge.sealed", file=pair.theirs.path.name))
    if clashes:
        sentences.append(bench.say("window.merge.clashes", n=len(clashes)))
    bench.told.emit(" ".join(sentences), bool(clashes))
    return True
