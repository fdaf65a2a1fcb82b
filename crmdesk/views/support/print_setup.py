"""How each kind of paper is printed on this PC: printer, tray, copies, shift."""

from dataclasses import dataclass

from crmdesk.core.settings_desk import PRINTER_COPIES, PRINTER_OFFSETS, PRINTER_TRAYS, PRINTERS
from crmdesk.views.support.desk import DeskSettings

MOST_COPIES = 99


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """One paper's way to the printer.

    Attributes:
        printer: its name; empty when none was chosen.
        tray: name of the paper source; empty for the printer's own choice.
        copies: 1 to 99.
        shift_x: to the right, in tenths of a millimetre.
        shift_y: down, in tenths of a millimetre.
    """

    printer: str = ""
    tray: str = ""
    copies: int = 1
    shift_x: int = 0
    shift_y: int = 0


def read_setup(settings: DeskSettings, paper_kind: str) -> PrintSetup:
    """Give what is kept for `paper_kind`; what cannot be read counts as not kept."""
    printer = settings.get(PRINTERS).get(paper_kind, "")
    tray = settings.get(PRINTER_TRAYS).get(paper_kind, "")
    copies = _number(settings.get(PRINTER_COPIES).get(paper_kind, ""), 1)
    shift_x, _comma, shift_y = settings.get(PRINTER_OFFSETS).get(paper_kind, "").partition(",")
    return PrintSetup(printer, tray, min(max(copies, 1), MOST_COPIES), _number(shift_x, 0), _number(shift_y, 0))


def keep_setup(settings: DeskSettings, paper_kind: str, setup: PrintSetup) -> None:
    """Keep how `paper_kind` is printed here."""
    for setting, text in (
        (PRINTERS, setup.printer),
        (PRINTER_TRAYS, setup.tray),
        (PRINTER_COPIES, str(setup.copies)),
        (PRINTER_OFFSETS, f"{setup.shift_x},{setup.shift_y}"),
    ):
        kept = dict(settings.get(setting).items())
        if kept.get(paper_kind) != text:
            kept[paper_kind] = text
            settings.put(setting, kept)


def _number(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default
