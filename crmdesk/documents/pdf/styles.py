"""The few text styles of all papers."""

from typing import Final

from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.text import Style
from crmdesk.documents.pdf.units import GREY

BODY: Final = Style(9)
STRONG: Final = Style(9, Weight.BOLD)
LABEL: Final = Style(7.5, grey=GREY)
SMALL: Final = Style(7.5)
QUIET: Final = Style(7.2, grey=GREY)
TERMS: Final = Style(7.2)
SECTION: Final = Style(8.5, Weight.BOLD)
TITLE: Final = Style(16, Weight.BOLD, leading=1.25)
NUMBER: Final = Style(13, Weight.BOLD, leading=1.25)
BIG: Final = Style(14, Weight.BOLD, leading=1.25)
LETTER: Final = Style(10.5, leading=1.6)
LETTER_STRONG: Final = Style(10.5, Weight.BOLD, leading=1.6)
