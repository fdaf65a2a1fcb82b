"""The keys that mean the same on every page: F5, F2, Ctrl+N, Ctrl+P, Ctrl+E."""

from collections.abc import Callable
from operator import methodcaller

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.support.screen import Screen


def _print(screen: Screen) -> None:
    if screen.can_print():
        screen.print_paper()
    else:
        screen.desk.toasts.show(gettext("There is no paper to print here."))


def _export(screen: Screen) -> None:
    if screen.can_export():
        screen.export_list()
    else:
        screen.desk.toasts.show(gettext("There is no list to export here."))


# methodcaller, not Screen.reload: the subclass's own method is meant.
KEYS: dict[str, Callable[[Screen], None]] = {
    "F5": methodcaller("reload"),
    "F2": methodcaller("edit"),
    "Ctrl+N": methodcaller("start_new"),
    "Ctrl+P": _print,
    "Ctrl+E": _export,
}


def install(window: QWidget, current: Callable[[], Screen | None], start_any: Callable[[], None] | None = None) -> None:
    """Give `window` the common keys; each goes to the screen that `current` names.

    Ctrl+N calls `start_any` where the screen begins nothing of its own.
    """
    for keys, act in KEYS.items():
        action = QAction(window)
        action.setShortcut(QKeySequence(keys))

        def run(_checked: bool = False, keys: str = keys, act: Callable[[Screen], None] = act) -> None:  # noqa: FBT001, FBT002 - Qt's slot
            screen = current()
            begins_nothing = screen is None or type(screen).start_new is Screen.start_new
            if keys == "Ctrl+N" and begins_nothing and start_any is not None:
                start_any()
            elif screen is not None:
                act(screen)

        action.triggered.connect(run)
        window.addAction(action)
