"""How soon the window is there: `PYTHONPATH=. python tests/benchmarks/window_start.py`.

Prints CPU-seconds of a process of its own, a few times: until all is imported, until the window is made,
until the start page is painted, and until all that stands round a study is made too.
"""

import os
import subprocess
import sys

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
    if "around" not in self.__dict__:
        told.append(time.process_time() - begun)
    furnish(self)

MainWindow.furnish = furnished
main.show()
while "around" not in main.__dict__:
    app.processEvents()
told.append(time.process_time() - begun)
print(*(f"{each:8.2f}" for each in told))
"""


def main() -> None:
    """Print a line a start; the first one may have to make what Python keeps of its files."""
    print("CPU s   imported  made  painted  furnished")
    place = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for _ in range(TIMES):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=place, capture_output=True, text=True, check=True
        )
        print("     ", done.stdout.strip())


if __name__ == "__main__":
    main()
