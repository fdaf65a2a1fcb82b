"""Batches in words: columns, states as pills, icons of their time line, the text that asks for a reply."""

from collections.abc import Sequence
from datetime import date

from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batches import BatchLineState, BatchParty, BatchState
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.batches import BatchRow, Tally
from crmdesk.queries.batches_lines import LineRow, PackableRow
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text, moment_text

_B, _L = BatchState, BatchLineState
BATCH_TONES = {
    _B.PACKING: Tone.INFO,
    _B.SENT: Tone.WAITING,
    _B.ARRIVED: Tone.WAITING,
    _B.CLOSED: Tone.OK,
    _B.CANCELLED: Tone.NEUTRAL,
}
BATCH_ICONS = {
    _B.PACKING: "package-open",
    _B.SENT: "truck",
    _B.ARRIVED: "building-2",
    _B.CLOSED: "circle-check",
    _B.CANCELLED: "ban",
}
LINE_ICONS = {
    _L.PACKED: "package",
    _L.TAKEN_OUT: "undo-2",
    _L.SENT: "truck",
    _L.ARRIVED: "building-2",
    _L.REPLIED: "message-square",
    _L.BACK: "package-check",
    _L.MISSING: "triangle-alert",
}
ACT_ICONS = {
    BatchAct.MADE: "package-open",
    BatchAct.PACKED: "package",
    BatchAct.TAKEN_OUT: "undo-2",
    BatchAct.SENT: "truck",
    BatchAct.ARRIVED: "building-2",
    BatchAct.REPLIED: "message-square",
    BatchAct.BACK: "package-check",
    BatchAct.MISSING: "triangle-alert",
    BatchAct.FOUND: "search",
    BatchAct.CHASED: "bell",
    BatchAct.CLOSED: "circle-check",
    BatchAct.CANCELLED: "ban",
    BatchAct.FORM_WRITTEN: "file-spreadsheet",
}
EMPTY = {
    "open": (mark("No batch is open"), mark("Begin one, then scan the tags of the goods that go along.")),
    "waiting": (mark("Nothing is out"), mark("Goods at head office or with a repairer appear here.")),
    "chase": (mark("Nothing to chase"), mark("Goods whose reply is overdue appear here, once a day.")),
    "pack": (mark("Nothing to pack"), mark("Repairs that are here and may be sent appear here.")),
    "closed": (mark("No batch is closed yet"), mark("Batches whose goods are all back appear here.")),
}


def destination(row: BatchRow | LineRow) -> str:
    """Say where a batch goes."""
    return row.vendor_name if row.party is BatchParty.VENDOR else label(row.party)


def days_words(days: int | None) -> str:
    """Say how many working days goods are out."""
    if days is None:
        return ""
    return ngettext("{count} day", "{count} days", days).format(count=days)


def tally_words(tally: Tally) -> str:
    """Say what was sent and where it is now."""
    parts = [
        gettext("sent {count}").format(count=tally.sent),
        gettext("arrived {count}").format(count=tally.arrived),
        gettext("replied {count}").format(count=tally.replied),
        gettext("back {count}").format(count=tally.back),
        gettext("missing {count}").format(count=tally.missing),
        gettext("still out {count}").format(count=tally.out),
    ]
    return " · ".join(parts)


def _count(key: str, title: str, width: int = 52) -> Column[BatchRow]:
    def text(row: BatchRow) -> str:
        return str(getattr(row.tally, key) or "")

    def tone(row: BatchRow) -> Tone | None:
        return Tone.LATE if key == "missing" and row.tally.missing else None

    return Column(key, title, text, width, ColumnKind.NUMBER, tone=tone, value=lambda row: getattr(row.tally, key))


def batch_columns(zone: str) -> tuple[Column[BatchRow], ...]:
    """Give the columns of batches: what was sent, arrived, answered, came back."""
    return (
        Column("number", mark("Batch"), lambda row: row.number, 138, sort_key="number"),
        Column("to", mark("To"), destination, 84, stretch=True),
        Column("state", mark("State"), lambda row: label(row.state), 122, ColumnKind.STATUS,
               tone=lambda row: BATCH_TONES[row.state], icon=lambda row: BATCH_ICONS[row.state]),
        _count("packed", mark("Pieces"), 50),
        _count("arrived", mark("There"), 52),
        _count("replied", mark("Replied"), 66),
        _count("back", mark("Back here"), 76),
        _count("missing", mark("Missing"), 66),
        Column("waiting", mark("Away for"), lambda row: days_words(row.waiting_days), 66, ColumnKind.NUMBER,
               value=lambda row: row.waiting_days, sort_key="waiting"),
        Column("sent", mark("Sent at"), lambda row: moment_text(row.sent_at, zone) if row.sent_at else "", 100,
               ColumnKind.MOMENT, value=lambda row: row.sent_at, sort_key="sent", shown=False),
        Column("tracking", mark("Courier"), lambda row: f"{row.courier} {row.tracking}".strip(), 130, shown=False),
    )  # fmt: skip


def line_columns(today: date, *, of_batch: bool = False) -> tuple[Column[LineRow], ...]:
    """Give the columns of lines; within their batch its number and destination are left out."""
    state: Column[LineRow] = Column(
        "state", mark("State"), lambda row: label(row.state), 148 if of_batch else 128, ColumnKind.STATUS,
        tone=lambda row: row.tone, icon=lambda row: LINE_ICONS[row.state], tooltip=line_detail,
    )  # fmt: skip
    own: tuple[Column[LineRow], ...] = (
        Column("number", mark("Order"), lambda row: row.ticket_number, 146, sort_key="number"),
        Column("item", mark("Item"), lambda row: row.item, 110, stretch=True),
        state,
    )
    if of_batch:
        return own
    return (
        *own,
        Column("member", mark("Customer"), lambda row: row.member_name, 80, shown=False),
        Column("to", mark("To"), destination, 92, shown=False),
        Column("waiting", mark("Away for"), lambda row: days_words(row.waiting_days), 70, ColumnKind.NUMBER,
               value=lambda row: row.waiting_days, sort_key="waiting",
               tone=lambda row: Tone.LATE if row.to_chase else None),
        Column("due", mark("Reply due"), lambda row: day_text(row.due_on, today) if row.due_on else "", 122,
               ColumnKind.DAY, value=lambda row: row.due_on, tone=lambda row: Tone.LATE if row.to_chase else None),
        Column("chased", mark("Chased"), lambda row: chased_words(row, today), 100),
        Column("batch", mark("Batch"), lambda row: row.batch_number, 132, shown=False),
    )  # fmt: skip


def line_detail(row: LineRow) -> str:
    """Say what is known of a line beyond its state."""
    if row.state is BatchLineState.MISSING:
        return row.missing_reason
    said = " ".join(part for part in (row.replied_by, row.reply) if part)
    return said or label(row.state)


def chased_words(row: LineRow, today: date) -> str:
    """Say how often and when a line was chased."""
    if not row.chases or row.chased_on is None:
        return ""
    return gettext("{count} × · {day}").format(count=row.chases, day=day_text(row.chased_on, today))


def packable_columns(today: date) -> tuple[Column[PackableRow], ...]:
    """Give the columns of tickets that could be packed."""
    return (
        Column("number", mark("Order"), lambda row: row.number, 146, sort_key="number"),
        Column("member", mark("Customer"), lambda row: row.member_name, 70),
        Column("item", mark("Item"), lambda row: row.item, 120, stretch=True),
        Column("state", mark("State"), lambda row: label(row.state), 74),
        Column("route", mark("Where it goes"), lambda row: label(row.route), 96),
        Column("place", mark("Lies"), lambda row: row.shelf or label(row.place), 90),
        Column("promised", mark("Promised for"), lambda row: day_text(row.promised_on, today) if row.promised_on
               else "", 116, ColumnKind.DAY, value=lambda row: row.promised_on, sort_key="promised"),
    )  # fmt: skip


def chase_text(rows: Sequence[LineRow], store: str) -> str:
    """Write the message that asks for the replies of ``rows``, to be copied."""
    head = gettext("{store} asks for the judgement of:").format(store=store)
    lines = [
        gettext("{number} {item}, batch {batch}, out for {days} working days").format(
            number=row.ticket_number, item=row.item, batch=row.batch_number, days=row.waiting_days or 0
        )
        for row in rows
    ]
    return "\n".join([head, *lines])
