"""Printer, tray, copies and shift of one kind of paper."""

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QSpinBox, QVBoxLayout, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.support.mnemonics import without_mnemonic
from crmdesk.views.support.print_job import TRAYS, printers
from crmdesk.views.support.print_setup import MOST_COPIES, PrintSetup

FARTHEST_MM = 30.0
WIDTH = 220


class PrinterChoice(QWidget):
    """The side of the preview."""

    def __init__(self, setup: PrintSetup) -> None:
        """Show what is kept."""
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._names = printers()
        self._printer = QComboBox()
        self._tray = QComboBox()
        self._copies = QSpinBox()
        self._copies.setRange(1, MOST_COPIES)
        self._right = _millimetres()
        self._down = _millimetres()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for label, control in (
            (gettext("P&rinter"), self._printer),
            (gettext("&Tray"), self._tray),
            (gettext("&Copies"), self._copies),
            (gettext("Shift to the ri&ght (mm)"), self._right),
            (gettext("Shift &down (mm)"), self._down),
        ):
            words = QLabel(label)
            words.setProperty("role", "field")
            words.setBuddy(control)
            control.setAccessibleName(without_mnemonic(label))
            column.addWidget(words)
            column.addWidget(control)
        self._fill(setup)

    def _fill(self, setup: PrintSetup) -> None:
        if self._names:
            self._printer.addItems(self._names)
            self._printer.setCurrentIndex(max(self._printer.findText(setup.printer), 0))
        else:
            self._printer.addItem(gettext("No printer is set up on this PC"))
            self._printer.setEnabled(False)
        self._tray.addItem(gettext("As the printer is set"), "")
        for tray in TRAYS:
            self._tray.addItem(gettext(tray), tray)
        self._tray.setCurrentIndex(max(self._tray.findData(setup.tray), 0))
        self._copies.setValue(setup.copies)
        self._right.setValue(setup.shift_x / 10)
        self._down.setValue(setup.shift_y / 10)

    def printer_names(self) -> list[str]:
        """Give the printers of this PC."""
        return list(self._names)

    def setup(self) -> PrintSetup:
        """Give what is chosen."""
        return PrintSetup(
            printer=self._printer.currentText() if self._names else "",
            tray=self._tray.currentData(),
            copies=self._copies.value(),
            shift_x=round(self._right.value() * 10),
            shift_y=round(self._down.value() * 10),
        )


def _millimetres() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(-FARTHEST_MM, FARTHEST_MM)
    box.setDecimals(1)
    box.setSingleStep(0.1)
    return box
