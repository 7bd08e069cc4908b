"""HiGHS, made without a word on standard output."""

import os
import sys

import highspy


def quiet_solver() -> highspy.Highs:
    """Make a solver that writes nothing: its constructor greets on standard output before it can be told.

    Standard output may be a stream of JSON lines, so for that moment it leads nowhere.
    """
    sys.stdout.flush()
    shown = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no types
        solver.setOptionValue("output_flag", False)
    finally:
        os.dup2(shown, 1)
        os.close(shown)
        os.close(nowhere)
    return solver
