"""The gates side by side: what the goods looked like each time, what came in between, and where nobody looked."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.conditions import GateMark, GateSheet, Sheets
from crmdesk.views.service.photo_viewer import Album, PhotoViewer
from crmdesk.views.support import dialog_room
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.photo_work import read_small
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text

_DRAWING = 55 * SPACE
_PAIR = 2
_SIZE = QSize(1000, 700)


def as_mark(one: GateMark) -> Mark:
    """Give a mark as it is drawn: red is what was not there before."""
    return Mark(one.x, one.y, one.words(), Tone.LATE if one.new else Tone.WARN)


class GatePart(QWidget):
    """One gate: when and by whom, the drawing, what each mark says, the photos."""

    def __init__(self, shape: str, sheet: GateSheet, desk: Desk) -> None:
        """Show `sheet`."""
        super().__init__()
        self.sheet = sheet
        self._desk = desk
        self.photos = PhotoStrip(read_only=True)
        self.photos.opened.connect(self._open)
        context = desk.signin.context()
        parts: list[QWidget] = [SubHeading(label(sheet.gate)), Text(told(sheet, context), "small", wrap=True)]
        if sheet.at is not None:
            drawing = ConditionDrawing(read_only=True)
            drawing.set_shape(shape)
            drawing.set_marks([as_mark(one) for one in sheet.marks])
            drawing.setMinimumHeight(_DRAWING)
            new = sum(one.new for one in sheet.marks)
            if new:
                parts.append(Pill(new_words(new), Tone.LATE, "triangle-alert"))
            parts += [drawing, *(_line(one) for one in sheet.marks)]
            if sheet.note:
                parts.append(Text(sheet.note, "soft", wrap=True))
        self.setLayout(column(*parts, self.photos, None, gap=1))
        self._show_photos()

    def _names(self) -> list[str]:
        return [one.name for one in self.sheet.photos]

    def _show_photos(self) -> None:
        store = self._desk.photos
        self.photos.setVisible(store is not None and bool(self.sheet.photos))
        if store is not None and self.sheet.photos:
            captions = [one.caption for one in self.sheet.photos]
            work = partial(read_small, store, self._names())
            self._desk.jobs.compute(self, work, lambda found: self.photos.set_photos(found, captions))

    def _open(self, place: int) -> None:
        if self._desk.photos is not None:
            album = Album(self._names(), {one.name: one.caption for one in self.sheet.photos}, None)
            PhotoViewer(self, self._desk.jobs, self._desk.photos, album, place).open()


def told(sheet: GateSheet, context: Context) -> str:
    """Say when somebody looked, or that nobody did."""
    if sheet.at is None:
        return gettext("Skipped: nobody looked here") if sheet.skipped else gettext("Not looked at yet")
    words = [moment_text(sheet.at, context.store.zone), sheet.person]
    if sheet.photos:
        count = len(sheet.photos)
        words.append(ngettext("{count} photo", "{count} photos", count).format(count=count))
    return " · ".join(words)


def new_words(count: int) -> str:
    """Say how much came in between."""
    return ngettext("{count} new mark", "{count} new marks", count).format(count=count)


def _line(one: GateMark) -> Text:
    words = f"{one.number}  {one.words()}".strip()
    return Text(words, "body" if one.new else "small", Tone.LATE if one.new else None, wrap=True)


class CompareDialog(QDialog):
    """All gates of one thing, two beside each other."""

    def __init__(self, parent: QWidget, title: str, sheets: Sheets, desk: Desk) -> None:
        """Show `sheets`; a window too narrow stacks them."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.gates = [GatePart(sheets.shape, one, desk) for one in sheets.gates]
        scroll = ScrollColumn(gap=4)
        scroll.add(Text(title, "title", wrap=True))
        for place in range(0, len(self.gates), _PAIR):
            pair = self.gates[place : place + _PAIR]
            scroll.add(Columns(*pair, shares=(1,) * len(pair)))
        scroll.add_stretch()
        self.setLayout(column(scroll, margin=5))
        dialog_room.fit(self, _SIZE)
