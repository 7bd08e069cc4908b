"""HiGHS, made without a word on standard output."""

from highspy._core import _Highs


def quiet_solver() -> _Highs:
    """Make a solver that writes nothing.

    The class that highspy wraps round this one greets on standard output before it can be told not
    to; that may be a stream of JSON lines, to which another thread is writing.
    """
    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    return solver
