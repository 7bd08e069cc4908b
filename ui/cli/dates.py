"""Dates on the command line."""

import datetime as dt
from typing import Any

import click

from ui.cli.speech import say


class Date(click.ParamType[dt.date]):
    """A date, YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read the date."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(say("cli.not_date", value=str(value)), param, ctx)
