"""A judgement form that came back: looked at row by row, then taken; refused rows go into a workbook."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.progress import Progress
from crmdesk.core.tones import Tone
from crmdesk.exchange.judgement_remarks import remark_sentence
from crmdesk.exchange.judgement_replies import ReplySheet
from crmdesk.services import batches_import
from crmdesk.services.batches_import import CheckedReply, ReplyCheck
from crmdesk.views.service.batch_dialogs import BatchDialog
from crmdesk.views.service.room import Room
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.dialogs import choose_file, save_file
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_WIDTH, _TABLE_HEIGHT = 900, 300


def begin(room: Room) -> None:
    """Ask for the file, read it, compare it with its batch, and show what would be taken."""
    filters = ["Excel (*.xlsx *.xls *.csv)"]
    choose_file(room.page, gettext("Take in a filled-in judgement form"), filters, partial(read, room))


def read(room: Room, path: Path) -> None:
    """Read the form at ``path`` and show its preview."""

    def work(_progress: Progress) -> ReplySheet:
        from crmdesk.exchange.judgement_replies import read_replies

        return read_replies(path)

    room.desk.jobs.compute(room.page, work, partial(_check, room), key="replies")


def _check(room: Room, sheet: ReplySheet) -> None:
    def work(session: "Session", context: Context) -> ReplyCheck:
        return batches_import.check(session, sheet, context)

    room.desk.jobs.read(room.page, work, lambda found: ImportReplyDialog(room, found).open(), key="replies")


def _fate(row_: CheckedReply) -> str:
    if row_.remarks:
        return gettext("stays out")
    return gettext("will be taken") if row_.good else gettext("not answered")


def _tone(row_: CheckedReply) -> Tone:
    if row_.remarks:
        return Tone.LATE
    return Tone.OK if row_.good else Tone.NEUTRAL


def _icon(row_: CheckedReply) -> str:
    if row_.remarks:
        return "circle-x"
    return "circle-check" if row_.good else "circle"


def _says(row_: CheckedReply) -> str:
    if row_.remarks:
        return gettext("; ").join(remark_sentence(one) for one in row_.remarks)
    answer = row_.row.answer
    if answer is None:
        return ""
    cost = f"¥{answer.cost.short_text()}"
    return " · ".join((label(answer.liability), label(answer.remedy), cost, answer.decided_by))


COLUMNS: tuple[Column[CheckedReply], ...] = (
    Column("row", mark("Row"), lambda one: str(one.row.number), 52, ColumnKind.NUMBER),
    Column("number", mark("Order"), lambda one: one.row.ticket, 146),
    Column("fate", mark("State"), _fate, 108, ColumnKind.STATUS, tone=_tone, icon=_icon),
    Column("says", mark("Reply or reason"), _says, 320, tooltip=_says, stretch=True),
)


class ImportReplyDialog(BatchDialog):
    """Every row with what becomes of it; nothing is written before the button is pressed."""

    def __init__(self, room: Room, check: ReplyCheck) -> None:
        """Show ``check``."""
        good = len(check.good)
        title = gettext("Replies for {batch}").format(batch=check.sheet.batch)
        verb = ngettext("Take {count} reply", "Take {count} replies", good).format(count=good)
        super().__init__(room, title, verb, check.sheet.name, _WIDTH)
        self.check = check
        words = gettext("{good} will be taken · {bad} refused · {empty} not answered").format(
            good=good, bad=len(check.refused), empty=check.empty
        )
        self.table = ListTable(COLUMNS, self, id_of=lambda one: one.row.number)
        self.view = RowTableView(self.table, room.desk.settings, "service.batches.replies", self)
        self.view.setMinimumHeight(_TABLE_HEIGHT)
        self.view.setAccessibleName(gettext("Rows of the form"))
        self.table.set_rows(check.rows)
        self.errors = Button(gettext("Refused rows to Excel"), "file-spreadsheet")
        self.errors.clicked.connect(lambda _checked=False: save_refused(room, check, self))
        if not check.refused:
            self.errors.refuse(gettext("no row is refused"))
        if not good:
            self.save.refuse(gettext("no row can be taken"))
        self.add_part(row(Text(words, "heading"), None, self.errors))
        self.add_part(self.view)

    @override
    def send(self) -> None:
        sheet = self.check.sheet

        def done(taken: ReplyCheck) -> None:
            count = len(taken.good)
            words = ngettext("{batch}: {count} reply taken", "{batch}: {count} replies taken", count)
            actions = [(gettext("Refused rows to Excel"), partial(save_refused, self.room, taken, None))]
            self.room.say(words.format(batch=sheet.batch, count=count), actions if taken.refused else ())

        self.submit(lambda session, context: batches_import.take(session, sheet, context), done)


def save_refused(room: Room, check: ReplyCheck, parent: QWidget | None) -> None:
    """Write the refused rows with their reasons to a workbook, to be mended and taken in again."""
    name = gettext("Refused {batch}.xlsx").format(batch=check.sheet.batch)
    made_at = room.desk.signin.context().now()

    def chosen(path: Path) -> None:
        def work(_progress: Progress) -> int:
            from crmdesk.documents.sheets.import_errors import write_import_errors

            return write_import_errors(path, batches_import.refused_facts(check, made_at))

        def written(_rows: int) -> None:
            room.say(gettext("Written: {name}").format(name=path.name))

        room.desk.jobs.compute(room.page, work, written)

    save_file(parent or room.page, gettext("Write refused rows"), name, ["Excel (*.xlsx)"], chosen)
