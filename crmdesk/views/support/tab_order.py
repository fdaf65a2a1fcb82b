"""The way of Tab through parts that were made in another order than they are read."""

import itertools
from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def go_through(parts: Iterable[QWidget]) -> None:
    """Let Tab go through ``parts`` of one window in this order; a field stands for what takes its typing."""
    for before, after in itertools.pairwise(map(_stop, parts)):
        QWidget.setTabOrder(before, after)


def _stop(part: QWidget) -> QWidget:
    proxy = part.focusProxy()
    return part if proxy is None else _stop(proxy)
