"""How soon the window is there: `PYTHONPATH=. python tests/benchmarks/window_start.py`.

Prints CPU-seconds of a process of its own, a few times: until all is imported, until the window is made,
until the start page is painted, and until all that stands round a study is made too. Words and modules
are compiled first, as they are where the program is installed.
"""

import compileall
import os
import subprocess
import sys

from planner import po
from planner.words import FOLDER, LANGUAGES

TIMES = 5
PROGRAM = """
import sys, tempfile, time
begun = time.process_time()
from PySide6.QtCore import QSettings
from ui.window.app import application, window
from ui.window.main_window import MainWindow
from ui.window.settings import Settings

told = [time.process_time() - begun]
app = application()
settings = Settings(QSettings(f"{tempfile.mkdtemp()}/window.ini", QSettings.Format.IniFormat))
main = window(settings)
told.append(time.process_time() - begun)
furnish = MainWindow.furnish

def furnished(self):
    if not self.furnished:
        told.append(time.process_time() - begun)
    furnish(self)

MainWindow.furnish = furnished
main.show()
while not main.furnished:
    app.processEvents()
told.append(time.process_time() - begun)
print(*(f"{each:8.2f}" for each in told))
"""


def compiled() -> None:
    """Compile words and modules, as the build of a wheel and its installation do."""
    for lang in LANGUAGES:
        folder = FOLDER / lang / "LC_MESSAGES"
        (folder / "opale.mo").write_bytes(po.compiled(po.read_folder(folder), lang))
    for room in ("planner", "data", "ui"):
        compileall.compile_dir(room, quiet=1)


def main() -> None:
    """Print a line a start."""
    compiled()
    print("CPU s   imported  made  painted  furnished")
    place = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for _ in range(TIMES):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=place, capture_output=True, text=True, check=True
        )
        print("     ", done.stdout.strip())


if __name__ == "__main__":
    main()
