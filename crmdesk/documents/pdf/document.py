"""A PDF under way: pages of any size, the same bytes for the same facts."""

from collections.abc import Callable
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from crmdesk.documents.pdf.clean import printable
from crmdesk.documents.pdf.fonts import WRITING
from crmdesk.documents.pdf.units import Sheet

# Pages as bytes instead of letters: a fifth smaller, and quicker.
rl_config.useA85 = 0


class Document:
    """Pages one after the other."""

    def __init__(self, canvas: Canvas) -> None:
        """Take a fresh canvas."""
        self._canvas = canvas
        self._pages = 0

    def page(self, width: float, height: float, *, mono: bool = False) -> Sheet:
        """Begin the next page, ``width`` by ``height`` millimetres; ``mono`` for printers without grey."""
        if self._pages:
            self._canvas.showPage()
        self._pages += 1
        return Sheet(self._canvas, width, height, mono=mono)


def write(title: str, language: str, draw: Callable[[Document], None]) -> bytes:
    """Give the PDF that ``draw`` makes; papers are written one at a time.

    Args:
        title: shown by PDF readers.
        language: of the text, for readers aloud.
        draw: makes at least one page.
    """
    target = BytesIO()
    with WRITING:
        # Without a date and a random name inside, the same facts give the same bytes.
        canvas = Canvas(target, pageCompression=1, invariant=1, lang=language.replace("_", "-"))
        canvas.setTitle(printable(title, lines=False))
        canvas.setCreator("crmdesk")
        canvas.setProducer("crmdesk")
        canvas.setAuthor("")
        canvas.setSubject("")
        draw(Document(canvas))
        canvas.save()
    return target.getvalue()
