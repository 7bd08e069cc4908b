"""What cannot be done with a file, said as a message id and facts: never a traceback for a user."""

from planner.words import say


class Refused(Exception):
    """A file or folder that cannot be taken as it is; `sentence` says where, what and what to do.

    Attributes:
        what: the message id.
        facts: what the sentence names.
    """

    def __init__(self, what: str, /, **facts: str | int) -> None:
        """Keep the message and its facts; the words are made when they are shown."""
        super().__init__(what, facts)
        self.what = what
        self.facts = facts

    def sentence(self, lang: str = "en") -> str:
        """Say it in a language."""
        return say(self.what, lang, **self.facts)

    def __str__(self) -> str:
        """Say it in English, for logs."""
        return self.sentence()
