"""The lower part of the form of a rule: its examples, and its breaches in the open plan."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from planner.rules.contract import Rule
from planner.score import Judged
from planner.sentences import breach_sentence
from ui.window.look.icons import pixmap
from ui.window.panels.breaches import show_breach
from ui.window.panels.parts import button, label, relook
from ui.window.tables.rule_examples import Answer, answers, pack_of
from ui.window.tables.rule_strip import Strip
from ui.window.workbench import Workbench

_FEW = 3
"""Breaches that are told before the rest is counted."""


class ExamplesPart(QWidget):
    """The examples of a rule as strips, and how many of them the rule answers as it should."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.head, self.count = label("panel"), label("better")
        self.rows: list[tuple[Strip, Any, Any, Any]] = []
        self.answers: list[Answer] = []
        self.inside = QWidget()
        first = QHBoxLayout()
        first.addWidget(self.head)
        first.addStretch(1)
        first.addWidget(self.count)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.column.addLayout(first)
        self.column.addWidget(self.inside)

    def show_rule(self, rule: Rule[Any, Any]) -> None:
        """Show the examples of a rule."""
        self.answers = answers(rule)
        self.column.removeWidget(self.inside)
        self.inside.hide()
        self.inside.deleteLater()
        self.inside = QWidget()
        self.rows = []
        grid = QGridLayout(self.inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for at, answer in enumerate(self.answers):
            sign, says, told = label(), label(), label("hard", wrap=True)
            strip = Strip(self.bench, answer)
            grid.addWidget(sign, at * 2, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(says, at * 2, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(strip, at * 2, 2, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(told, at * 2 + 1, 2)
            self.rows.append((strip, sign, says, told))
        if not self.answers:
            words = "rules.no_examples" if pack_of(rule) is None else "rules.pack_no_examples"
            grid.addWidget(label("hint", self.bench.say(words), wrap=True), 0, 0, 1, 3)
        self.column.addWidget(self.inside)
        self.inside.show()
        self._tell(rule)

    def judge_again(self, rule: Rule[Any, Any]) -> None:
        """Ask the rule again, with the parameters that it has now."""
        self.answers = answers(rule)
        self._tell(rule)

    def _tell(self, rule: Rule[Any, Any]) -> None:
        say, lang, theme = self.bench.say, self.bench.lang, self.bench.theme
        good = sum(answer.conforms for answer in self.answers)
        self.head.setText(say("rules.examples"))
        all_good = good == len(self.answers)
        self.count.setVisible(bool(self.answers))
        mark = "  ✓" if all_good else ""
        self.count.setText(say("rules.conform", n=good, all=len(self.answers)) + mark)
        relook(self.count, "better" if all_good else "worse")
        for answer, (strip, sign, says, told) in zip(self.answers, self.rows, strict=True):
            strip.judged_again(answer)
            icon, token = ("check-circle-outline", "better")
            if answer.says == "refuses":
                icon, token = ("close-circle-outline", "hard")
            if not answer.conforms:
                icon, token = ("alert-outline", "worse")
            sign.setPixmap(pixmap(icon, theme, token, 16, self.devicePixelRatioF()))
            says.setText(say(f"rules.{answer.says}"))
            words = answer.sentence(rule, lang)
            if not answer.conforms:
                wanted = "accept" if answer.example.accepts else "refuse"
                words = f"{say(f'rules.should_{wanted}')} {words}".strip()
            told.setText(words)
            told.setVisible(bool(words))
            strip.setAccessibleName(f"{says.text()}. {_written(answer)}. {words}")
            strip.setToolTip(words or _written(answer))


def _written(answer: Answer) -> str:
    return str(getattr(answer.example, "roster", "") or answer.example.rule)


class BreachesPart(QWidget):
    """How often the open plan breaks a rule, the first sentences, and a way there."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.found: list[Judged] = []
        self._next = 0
        self.head, self.count = label("panel"), label("hard")
        self.show_button = button("link", self.go)
        self.told = label("second", wrap=True)
        first = QHBoxLayout()
        first.addWidget(self.head)
        first.addStretch(1)
        first.addWidget(self.count)
        first.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.told)

    def show_rule(self, rule: Rule[Any, Any]) -> None:
        """Show the breaches of a rule in the plan that is seen."""
        document, say, lang = self.bench.document, self.bench.say, self.bench.lang
        if document is None:
            return
        judged = document.outcome().judgement.judged
        self.found = [each for each in judged if each.rule.id == rule.id]
        self._next = 0
        n = len(self.found)
        kind = "must" if rule.hard else "wish"
        self.head.setText(say("rules.in_plan"))
        words = say(f"rules.breaches_{kind}", n=n) if rule.enabled else say("rules.off_in_plan")
        self.count.setText(words)
        relook(self.count, ("hard" if rule.hard else "soft") if n else "hint")
        self.show_button.setVisible(bool(n))
        self.show_button.setText(say("rules.show"))
        self.show_button.setIcon(self.bench.icon("arrow-right", "accent"))
        told = [
            breach_sentence(document.problem, each.rule, each.breach, lang)
            for each in self.found[:_FEW]
        ]
        if n > _FEW:
            told.append(say("reason.more", n=n - _FEW))
        self.told.setText("\n".join(told))
        self.told.setVisible(bool(told))

    def go(self) -> None:
        """Show the first breach on its board; again, the next one."""
        if self.found:
            judged = self.found[self._next % len(self.found)]
            self._next += 1
            show_breach(self.bench, judged)
