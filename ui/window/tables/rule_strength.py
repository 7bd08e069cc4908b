"""How strong a rule is: must, or a wish of a level with a weight."""

from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.boards.marks import Sign
from planner.fields import specs
from planner.rule_words import amount_words
from planner.rules.contract import Rule
from ui.window.look.signs import paint_badge
from ui.window.look.tokens import Theme
from ui.window.panels.parts import label
from ui.window.tables.rule_fields import Box, NumberField
from ui.window.workbench import Workbench

WISHES = (1, 2, 3, 4)


class StrengthField(QWidget):
    """Two buttons, must and wish; a wish opens its level and weight."""

    entered = Signal(object)
    """Fields and their values: tier, weight."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.must, self.wish = self._button(), self._button()
        group = QButtonGroup(self)
        for choice in (self.must, self.wish):
            group.addButton(choice)
        self.level = Box(bench)
        self.must.clicked.connect(lambda: self._entered(0))
        self.wish.clicked.connect(lambda: self._entered(self.level.currentData()))
        self.level.activated.connect(lambda _: self._entered(self.level.currentData()))
        self.level_words, self.weight_words, self.unit = label(), label(), label("hint")
        spec = next(spec for spec in specs(Rule) if spec.name == "weight")
        self.weight = NumberField(bench, spec)
        self.weight.entered.connect(lambda value: self.entered.emit({"weight": value}))
        self.more = QWidget()
        opened = QGridLayout(self.more)
        opened.setContentsMargins(0, 0, 0, 0)
        opened.setSpacing(6)
        opened.addWidget(self.level, 0, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for place, each in enumerate((self.weight_words, self.weight, self.unit)):
            opened.addWidget(each, 1, place)
        opened.setColumnStretch(2, 1)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.must)
        first.addWidget(self.wish)
        first.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.more)
        self.setFocusProxy(self.must)

    def _button(self) -> QToolButton:
        made = QToolButton()
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIconSize(QSize(16, 16))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _entered(self, tier: int) -> None:
        self.entered.emit({"tier": tier})

    def show_rule(self, rule: Rule[Any, Any]) -> None:
        """Show how strong a rule is."""
        say = self.bench.say
        for each, words, sign in (
            (self.must, "breach.must", "hard"),
            (self.wish, "breach.wish", "soft"),
        ):
            each.setText(say(words))
            each.setIcon(_sign(sign, self.bench.theme))  # type: ignore[arg-type]  # one of the signs
        self.must.setChecked(rule.hard)
        self.wish.setChecked(not rule.hard)
        self.level.clear()
        for tier in WISHES:
            self.level.addItem(say("rules.level", tier=tier), tier)
        self.level.setCurrentIndex(max(rule.tier, 2) - 1 if rule.hard else rule.tier - 1)
        self.level.setAccessibleName(say("field.rule.tier"))
        self._show_weight(rule)
        self.more.setVisible(not rule.hard)

    def _show_weight(self, rule: Rule[Any, Any]) -> None:
        say, lang = self.bench.say, self.bench.lang
        usual = say("rules.usual_weight", n=type(rule)(id=rule.id).price)
        if self.weight.spin.specialValueText() != usual:
            self.weight.spin.setSpecialValueText(usual)
        self.weight.show_value(rule.weight)
        words = say("field.rule.weight")
        self.weight.name(words)
        self.weight_words.setText(words)
        self.unit.setText(say("rules.per", unit=amount_words(rule.unit, 1, lang)))


def _sign(sign: Sign, theme: Theme) -> QIcon:
    picture = QPixmap(32, 32)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_badge(painter, sign, QPointF(8, 8), theme)
    painter.end()
    return QIcon(picture)
