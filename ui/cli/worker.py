"""`planner worker`: the door for a window: questions in, events out, a line of JSON each.

It answers hello first. `{"do":"solve","request":PATH}` begins a run, `{"do":"more","seconds":N}` lets
it go on for longer, `{"do":"stop"}` stops it; the end of the input means stop too. Beside a run,
`{"do":"simulate","request":PATH}` simulates the plan of a question, `{"do":"repair"|"slots", …}` answers
an event of the day or finds places for a patient. Where the run is that of a protected study, the line
brings its `key` too. It writes into run folders only, and stays warm between runs.
"""

from ui.cli import speaking


@speaking.command("worker", opens=False, hidden=True)
def command() -> None:
    """Serve a window until the end of the input."""
    from ui.cli.serving import serve

    serve()
