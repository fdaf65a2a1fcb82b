"""Steps as buttons and menu entries; an impossible one is greyed and says why when pointed at."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.views.members.steps import Act, Step
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button

Run = Callable[[Act], None]


def step_button(step: Step, kind: str, run: Run) -> Button:
    """Give a step as a button."""
    button = Button(step.label, step.icon, kind, step.keys)
    button.clicked.connect(lambda: run(step.act))
    if step.refusal:
        button.refuse(step.refusal)
    return button


def step_menu(steps: Sequence[Step], parent: QWidget, run: Run) -> QMenu:
    """Give steps as a menu."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for step in steps:
        action = QAction(icon(step.icon), step.label, menu)
        action.setEnabled(not step.refusal)
        action.setToolTip(step.refusal or step.label)
        act: Callable[[], None] = partial(run, step.act)
        action.triggered.connect(lambda _checked=False, act=act: act())
        menu.addAction(action)
    return menu
