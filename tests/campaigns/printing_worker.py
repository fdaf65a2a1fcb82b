"""Print the papers of the campaign through the program's own code; started where CUPS_SERVER names the test queue."""

import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QApplication

from crmdesk.core.i18n import set_language
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.progress import NoProgress
from crmdesk.documents.pdf.papers import PaperFacts, render
from crmdesk.views.support.print_job import print_pdf, printers
from crmdesk.views.support.print_setup import PrintSetup
from tests.builders import paper_facts
from tests.campaigns.print_queue import NAME


@dataclass(frozen=True, slots=True)
class Case:
    """One print job and what must come out.

    Attributes:
        codes: what the bars and the QR code of every page say, in the order of the pages.
        shift: right and down, in tenths of a millimetre.
        plain: number (from 0) of the same job without the shift.
    """

    what: str
    facts: PaperFacts
    paper: PaperFormat
    codes: tuple[str, ...]
    copies: int = 1
    shift: tuple[int, int] = (0, 0)
    plain: int | None = None

    def pdf(self) -> bytes:
        """Give the paper as the program makes it."""
        return render(self.facts, "zh_CN", self.paper)


SLIP: Final = paper_facts.slip()
LETTER: Final = paper_facts.letter()
CARD: Final = paper_facts.cards(1)
SLIP_CODE: Final = f"Code128 {SLIP.number}"
LETTER_CODE: Final = f"Code128 {LETTER.number}"
CARD_CODES: Final = (f"Code128 {CARD.cards[0].number}", f"QRCode {CARD.cards[0].number}")

CASES: Final = (
    Case("slip, A5", SLIP, PaperFormat.A5, (SLIP_CODE, SLIP_CODE)),
    Case("slip, form 241 x 140", SLIP, PaperFormat.FORM241, (SLIP_CODE,)),
    Case("letter, A4", LETTER, PaperFormat.A4, (LETTER_CODE,)),
    Case("card, CR80", CARD, PaperFormat.CR80, CARD_CODES),
    Case("slip, A5, 2 copies", SLIP, PaperFormat.A5, (SLIP_CODE, SLIP_CODE), copies=2),
    Case("form, 3 copies, 5 mm right", SLIP, PaperFormat.FORM241, (SLIP_CODE,), 3, (50, 0), plain=1),
    Case("letter, 5 mm right and 5 mm up", LETTER, PaperFormat.A4, (LETTER_CODE,), 1, (50, -50), plain=2),
    Case("slip, A5, 5 mm left and down", SLIP, PaperFormat.A5, (SLIP_CODE, SLIP_CODE), 1, (-50, 50), plain=0),
)
SHORT: Final = 4


def main() -> int:
    """Print the first cases, as many as asked for; exit code 1 when the queue is not offered."""
    application = QApplication([])
    set_language("zh_CN")
    offered = printers()
    if offered != [NAME]:
        print(f"printers() gives {offered}")
        return 1
    for case in CASES[: int(sys.argv[1])]:
        print_pdf(case.pdf(), PrintSetup(NAME, "", case.copies, *case.shift), NoProgress())
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
