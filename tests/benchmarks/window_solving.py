"""Figures of solving in the window: the demo's first plan, how late the window's timer is, how fast it stops.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/window_solving.py [mid] [chu]

The demo: CPU-seconds of window and worker from the click to the first plan on screen, the worker warm.
Late: by how many milliseconds a timer of 5 ms comes late in the window while the worker solves, in wall
time and so with all that the machine does beside; CPU: the longest turn of the window's own thread.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OPALE_STATE"] = tempfile.mkdtemp(prefix="opale-state-")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QElapsedTimer, QSettings, QTimer

from data.demo import generate
from planner.study import Study
from ui.window.app import application, give_way, window
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.settings import Settings

WARM, SOLVE, TICK = 12.0, 40.0, 5


def opened() -> MainWindow:
    """A window on the start page, whose worker is warm."""
    store = QSettings(f"{os.environ['OPALE_STATE']}/window.ini", QSettings.Format.IniFormat)
    main = window(Settings(store))
    give_way(main)
    main.show()
    main.bench.solver.warm_up()
    main.page("theatre")
    from ui.window.demo import prepare

    prepare(main.bench.lang)  # as the program does while nobody waits
    until(lambda: False, WARM)
    return main


def until(done: Callable[[], bool], most: float) -> float:
    """Let the window work until something is so; give the seconds that it took."""
    begun = time.monotonic()
    while not done() and time.monotonic() - begun < most:
        application().processEvents()
        time.sleep(0.001)
    return time.monotonic() - begun


def worker_cpu(main: MainWindow) -> float:
    """CPU-seconds of the worker, as Linux counts them."""
    number = main.bench.solver.worker.number
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def demo(main: MainWindow) -> None:
    """From the click to the first plan on screen."""
    here, there = time.process_time(), worker_cpu(main)
    begun = time.monotonic()
    main.files.demo()
    document = main.bench.document
    assert document is not None
    until(lambda: document.provisional is not None, 60.0)
    main.grab()
    spent = time.process_time() - here, worker_cpu(main) - there
    wall = time.monotonic() - begun
    print(
        f"demo mid, first plan: CPU {sum(spent):.2f} s (window {spent[0]:.2f}, worker {spent[1]:.2f}),"
        f" wall {wall:.2f} s"
    )
    main.bench.take(None)


class Late:
    """How late a timer comes, and how long the longest turns of the window's thread are."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.turns: list[float] = []
        self._clock = QElapsedTimer()
        self._cpu = time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._clock.start()
        self._timer.start()

    def _tick(self) -> None:
        self.late.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - TICK))
        now = time.thread_time()
        self.turns.append((now - self._cpu) * 1000)
        self._cpu = now
        self._clock.restart()

    def told(self) -> str:
        """Give the figures in a line."""
        self._timer.stop()
        late, turns = sorted(self.late), sorted(self.turns)
        high = len(late) * 99 // 100
        return (
            f"late p50 {late[len(late) // 2]:.0f} p99 {late[high]:.0f} most {late[-1]:.0f} ms; "
            f"CPU of a turn p99 {turns[high]:.0f} most {turns[-1]:.0f} ms"
        )


def solving(main: MainWindow, profile: str) -> None:
    """A run from nothing, watched on the theatre board, stopped in the middle."""
    study = Study(id=f"bench-{profile}", name=profile, base=generate(profile, 1))
    main.bench.take(Document.of(study))
    application().processEvents()
    solver = main.bench.solver
    late = Late()
    solver.start(seconds=600)
    first = until(lambda: solver.run is not None and solver.run.best is not None, 120.0)
    until(lambda: False, SOLVE)
    told = late.told()
    run = solver.run
    assert run is not None
    begun = time.monotonic()
    solver.stop()
    there = run.best is not None
    until(lambda: not run.on, 30.0)
    stopped = time.monotonic() - begun
    print(f"{profile}: first plan after {first:.1f} s, {run.plans} plans; {told}")
    print(
        f"{profile}: stopped after {stopped:.2f} s in phase {run.phase}, a plan on offer at once: {there}"
    )
    main.bench.take(None)


def main(wanted: Sequence[str]) -> None:
    """Print the figures."""
    shown = opened()
    try:
        demo(shown)
        for profile in wanted or ("mid", "chu"):
            solving(shown, profile)
        shown.close()
    finally:
        shutil.rmtree(os.environ["OPALE_STATE"], ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
