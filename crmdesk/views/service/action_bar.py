"""The steps of a ticket on the panel: one primary button, at most two beside it, all others in a menu."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.service.case import CaseStep
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.text import show_if

_BESIDE = 2


class ActionBar(QWidget):
    """Buttons that stay the same objects while the steps behind them change, so that the focus stays."""

    def __init__(self) -> None:
        """Begin without steps."""
        super().__init__()
        self._steps: list[CaseStep | None] = [None] * (1 + _BESIDE)
        self.primary = Button(kind="primary")
        self.beside = [Button() for _place in range(_BESIDE)]
        line = FlowLayout(self, gap=8)
        for place, button in enumerate([self.primary, *self.beside]):
            button.clicked.connect(lambda _checked=False, place=place: self.run(place))
            line.addWidget(button)

    def show_steps(self, primary: CaseStep | None, beside: Sequence[CaseStep]) -> None:
        """Show other steps."""
        self._steps = [primary, *beside[:_BESIDE]]
        self._steps += [None] * (1 + _BESIDE - len(self._steps))
        for button, step in zip([self.primary, *self.beside], self._steps, strict=True):
            _dress(button, step)
        self.primary.setToolTip(self.primary.toolTip() or "Ctrl+Enter")
        show_if(self, any(step is not None for step in self._steps))
        self.updateGeometry()

    def hold(self) -> None:
        """Do nothing until other steps are shown; the buttons keep their look, so that nothing flickers."""
        self._steps = [None] * len(self._steps)

    def run(self, place: int = 0) -> None:
        """Do the step at a place; 0 is the primary one."""
        step = self._steps[place]
        if step is not None and not step.refusal:
            step.run()


def _dress(button: Button, step: CaseStep | None) -> None:
    show_if(button, step is not None)
    if step is None:
        return
    button.set_text(step.text, icon=step.icon)
    if step.refusal:
        button.refuse(step.refusal)
    else:
        button.allow()


def step_actions(parent: QWidget, steps: Sequence[CaseStep]) -> list[QAction]:
    """Give menu entries: possible ones first, the others greyed with the reason where a shortcut would stand."""
    possible = [step for step in steps if not step.refusal]
    refused = [step for step in steps if step.refusal]
    return [_action(parent, step) for step in (*possible, *refused)]


def _action(parent: QWidget, step: CaseStep) -> QAction:
    beside = step.refusal or step.keys
    action = QAction(f"{step.text}\t{beside}" if beside else step.text, parent)
    if step.icon:
        action.setIcon(icon(step.icon))
    action.setEnabled(not step.refusal)
    action.setToolTip(step.refusal)
    action.triggered.connect(lambda _checked=False: step.run())
    return action


def step_menu(parent: QWidget, more: Sequence[CaseStep], papers: Sequence[CaseStep]) -> QMenu:
    """Build the menu of all other steps and the papers."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.setAccessibleName(gettext("More steps"))
    menu.addActions(step_actions(menu, more))
    if papers:
        menu.addSeparator()
        menu.addActions(step_actions(menu, papers))
    return menu
