"""One row above a list: views at the left, actions at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.views.support.widgets.layouts import row


class Toolbar(QWidget):
    """Left parts take the room, right parts stay at the edge."""

    def __init__(self, *left: QWidget, right: Sequence[QWidget] = ()) -> None:
        super().__init__()
        line = row(*left, gap=2)
        if left:
            line.setStretch(0, 1)
        else:
            line.addStretch(1)
        for part in right:
            line.addWidget(part)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
