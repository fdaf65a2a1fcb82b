"""Scanning tags one after another: into a batch, its arrival, the way back. A sound only when one fails."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.tones import Tone
from crmdesk.queries.batches import BatchRow
from crmdesk.services import batches, batches_return
from crmdesk.views.service.batch_dialogs import BatchDialog
from crmdesk.views.service.goods_pages import SHELVES
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.db.session import Session

Scan = Callable[["Session", int, str, Context], Outcome[str]]
_CODE = 60
_SHOWN = 8


class ScanKind(StrEnum):
    """What a scan means."""

    PACK = "pack"
    ARRIVE = "arrive"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class _Words:
    """What the dialog says."""

    title: str
    text: str
    done: str


def _pack(session: "Session", batch_id: int, code: str, context: Context) -> Outcome[str]:
    packed = batches.pack_code(session, batch_id, code, context)
    return Outcome(packed.value.number, packed.changed)


_SCANS: dict[ScanKind, Scan] = {
    ScanKind.PACK: _pack,
    ScanKind.ARRIVE: batches_return.arrive_code,
    ScanKind.BACK: batches_return.take_back_code,
}


def _words(kind: ScanKind, number: str) -> _Words:
    if kind is ScanKind.PACK:
        return _Words(
            gettext("Pack into {number}").format(number=number),
            gettext("Scan the tag of each piece that goes into the box, or type its order number and press Enter."),
            gettext("{number} is packed"),
        )
    if kind is ScanKind.ARRIVE:
        return _Words(
            gettext("Arrived of {number}").format(number=number),
            gettext("Scan the code of each piece that has arrived there, or type its order number and press Enter."),
            gettext("{number} has arrived"),
        )
    return _Words(
        gettext("Back of {number}").format(number=number),
        gettext("Scan the tag of each piece that you unpack, or type its order number and press Enter."),
        gettext("{number} is back"),
    )


class ScanDialog(BatchDialog):
    """One field that takes scan after scan; what was taken is listed, newest first."""

    def __init__(self, room: Room, batch: BatchRow, kind: ScanKind) -> None:
        """Scan for ``batch``."""
        self._said = _words(kind, batch.number)
        super().__init__(room, self._said.title, gettext("Finish scanning"), self._said.text)
        self._batch = batch
        self._scan = _SCANS[kind]
        self._puts_away = kind is ScanKind.BACK and room.can_run(SHELVES)
        self._taken: list[str] = []
        self.code = self.add(
            "code", LineField(gettext("&Order number"), max_length=_CODE, hint=gettext("type or scan"))
        )
        self.code.line.returnPressed.connect(self._read)
        self.count = Text("", "heading")
        self.listed = Text("", "body", wrap=True)
        self.add_part(self.count)
        self.add_part(self.listed)
        self._show()

    def _read(self) -> None:
        code = self.code.typed()
        if not code:
            return
        self.code.set_value("")
        self.fields.mark_clean()
        scan, batch_id = self._scan, self._batch.id

        def done(number: str) -> None:
            self._taken.insert(0, number)
            self.notice.set(self._said.done.format(number=number), "", Tone.OK, "circle-check")
            self._show()

        self.room.desk.jobs.write(
            self, lambda session, context: scan(session, batch_id, code, context), done, self.refused
        )

    def _show(self) -> None:
        count = len(self._taken)
        self.count.setText(ngettext("{count} scanned", "{count} scanned", count).format(count=count))
        self.listed.setText("\n".join(self._taken[:_SHOWN]))

    @override
    def refused(self, error: Exception) -> None:
        """Say why this scan was not taken, with a sound; the next one may come at once."""
        QApplication.beep()
        self.save.setEnabled(True)
        sentence = errors.explain(error)
        if sentence is None or not errors.is_expected(error):
            errors.show(self, error)
            return
        self.notice.set(sentence.title, sentence.what_to_do, Tone.LATE, "circle-alert")
        self.code.setFocus()

    @override
    def send(self) -> None:
        """Close: every scan is on disk already."""
        if self.code.typed():
            self.save.setEnabled(True)
            self._read()
        else:
            self.accept()
            if self._taken and self._puts_away:
                self._offer_shelves()

    def _offer_shelves(self) -> None:
        count = len(self._taken)
        said = ngettext("{count} piece is back", "{count} pieces are back", count).format(count=count)
        navigator = self.room.desk.navigator
        self.room.say(said, [(gettext("Put on the shelf"), partial(navigator.run, SHELVES))])
