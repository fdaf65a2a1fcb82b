"""The dialogs of batches to head office and to repairers, and of many tickets at once."""

from crmdesk.core.judgement_sheet import SheetColumn
from crmdesk.exchange.judgement_remarks import Remark, ReplyReason
from crmdesk.exchange.judgement_replies import ReplyRow, ReplySheet
from crmdesk.queries import staff
from crmdesk.queries.ticket_filter import TicketFilter
from crmdesk.services.batches_import import CheckedReply, ReplyCheck
from crmdesk.views.service import batch_dialogs as batch
from crmdesk.views.service import bulk_dialogs as bulk
from crmdesk.views.service.batch_import_dialog import ImportReplyDialog
from crmdesk.views.service.batch_reply_dialog import ReplyDialog
from crmdesk.views.service.batch_scan_dialog import ScanDialog, ScanKind
from crmdesk.views.service.batch_vendors_dialog import VendorsDialog
from crmdesk.views.service.filter_dialog import FilterDialog
from tests.builders import batches
from tests.gui.fit.stage import LONG, Make, Stage, nothing


def dialogs(stage: Stage) -> list[Make]:
    """Give them ready to open."""
    room, context = stage.room, stage.context
    key = batches.arrived(stage.shop, len(batches.PEOPLE))
    row, lines = batches.batch_of(stage.shop, key), batches.lines_of(stage.shop, key)
    check = _check(key, row.number)
    return [
        lambda: batch.NewBatchDialog(room, (), nothing),
        lambda: batch.SendDialog(room, row),
        lambda: batch.BackDialog(room, lines[0]),
        lambda: batch.ChaseDialog(room, lines, context.store.name),
        lambda: batch.VendorDialog(room, None, lambda: None),
        lambda: VendorsDialog(room),
        lambda: ReplyDialog(room, lines[0]),
        lambda: ImportReplyDialog(room, check),
        *(lambda kind=kind: ScanDialog(room, row, kind) for kind in ScanKind),
        *_many(stage),
    ]


def _check(key: int, number: str) -> ReplyCheck:
    wrong = (Remark(ReplyReason.WORD_UNKNOWN, SheetColumn.REMEDY, LONG[:40]),)
    rows = tuple(ReplyRow(place, (), f"T-{place}", None, wrong) for place in range(40))
    sheet = ReplySheet("评判回执 十一月 总部 第三批.xlsx", number, (), rows)
    return ReplyCheck(key, sheet, tuple(CheckedReply(one, None, wrong) for one in rows))


def _many(stage: Stage) -> list[Make]:
    with stage.shop.reading() as session:
        people = staff.colleagues(session, stage.context)
    room, keys = stage.room, (1, 2)
    return [
        lambda: bulk.GiveDialog(room, keys, people),
        lambda: bulk.DateDialog(room, keys),
        lambda: bulk.ToldDialog(room, keys),
        lambda: FilterDialog(stage.page, stage.desk, TicketFilter(), people, nothing),
    ]
