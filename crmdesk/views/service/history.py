"""A ticket's time line in words and icons."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from crmdesk.core.charges import ChargeKind
from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import NoLoanReason
from crmdesk.core.papers import PaperKind
from crmdesk.core.ticket_events import TicketAct, act_label
from crmdesk.core.tickets import Severity, TellChannel
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_facts import EventRow
from crmdesk.views.support.days import day_text
from crmdesk.views.support.paper_words import paper_word
from crmdesk.views.support.widgets.timeline import Event

_A = TicketAct
_WITH_AMOUNT = frozenset({_A.QUOTED, _A.PAID, _A.PROPOSED, _A.DECIDED})
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_ICONS: dict[TicketAct, str] = {
    _A.TAKEN_IN: "inbox",
    _A.EDITED: "pencil",
    _A.NOTED: "message-square",
    _A.SHELVED: "warehouse",
    _A.ESTIMATE_CHANGED: "calendar-clock",
    _A.JUDGED: "scale",
    _A.QUOTED: "receipt",
    _A.APPROVED: "thumbs-up",
    _A.DECLINED: "thumbs-down",
    _A.QUOTE_EXPIRED: "hourglass",
    _A.SENT: "truck",
    _A.CAME_BACK: "package-open",
    _A.WORK_STARTED: "wrench",
    _A.WORK_STOPPED: "circle-alert",
    _A.WORK_DONE: "hammer",
    _A.CHECK_PASSED: "check",
    _A.CHECK_FAILED: "x",
    _A.MADE_READY: "package-check",
    _A.CUSTOMER_TOLD: "phone-call",
    _A.PAID: "banknote",
    _A.PAYMENT_TAKEN_BACK: "undo-2",
    _A.COLLECTED: "hand",
    _A.POSTED_BACK: "send",
    _A.DELIVERED: "mail-check",
    _A.UNDELIVERED: "undo-2",
    _A.SCRAPPED: "file-pen",
    _A.TURNED: "arrow-right-left",
    _A.LINKED: "link",
    _A.CHARGED: "coins",
    _A.CHARGE_WAIVED: "percent",
    _A.CLOSED: "circle-check",
    _A.CANCELLED: "ban",
    _A.LENT: "luggage",
    _A.LOAN_RETURNED: "luggage",
    _A.LOAN_TAKEN_OVER: "key-round",
    _A.PRINTED: "printer",
    _A.CALLED: "phone",
    _A.PHOTO_ADDED: "camera",
    _A.DECIDED: "scale",
    _A.ESCALATED: "flag",
    _A.REOPENED: "rotate-ccw",
    _A.PACKED: "package",
    _A.TAKEN_OUT: "undo-2",
    _A.ARRIVED: "building-2",
    _A.REPLIED: "message-square",
    _A.CHASED: "bell",
    _A.GOODS_MISSING: "triangle-alert",
    _A.PARTLY_COLLECTED: "hand",
    _A.REMINDED: "bell",
    _A.SIGNED: "pencil",
    _A.KEPT_UNCOLLECTED: "archive",
}
_TONES: dict[TicketAct, Tone] = {
    _A.JUDGED: Tone.INFO,
    _A.LENT: Tone.INFO,
    _A.LOAN_RETURNED: Tone.INFO,
    _A.APPROVED: Tone.OK,
    _A.CHECK_PASSED: Tone.OK,
    _A.CHECK_FAILED: Tone.LATE,
    _A.DECLINED: Tone.WARN,
    _A.UNDELIVERED: Tone.WARN,
    _A.WORK_STOPPED: Tone.WARN,
    _A.CANCELLED: Tone.LATE,
}


def timeline(events: tuple[EventRow, ...], context: Context) -> list[Event]:
    """Give the events newest first, the day at the right, the exact moment on hover."""
    zone, today = context.store.zone, context.today()
    return [
        Event(
            icon=_ICONS.get(row.act, "circle-dot"),
            title=title(row),
            detail=row.person,
            when=_when(row, zone, today),
            tone=_TONES.get(row.act),
            exact=f"{local_time(row.at, zone):%Y-%m-%d %H:%M}",
        )
        for row in events
    ]


def title(row: EventRow) -> str:
    """Say what happened, with the note where there is one."""
    words = act_label(row.act) if row.note or row.act is not TicketAct.NOTED else label(row.state)
    note = _note(row)
    return gettext("{act}: {note}").format(act=words, note=note) if note else words


def _note(row: EventRow) -> str:
    says = _SAYS.get(row.act)
    if says is not None:
        return says(row.note)
    return f"¥{row.note}" if row.act in _WITH_AMOUNT and _AMOUNT.fullmatch(row.note) else row.note


def _in_words(kind: type[PaperKind | Severity | NoLoanReason], says: Callable[[Any], str]) -> Callable[[str], str]:
    """Give what says a note that is a word of ``kind``; another note stays as it was written."""
    return lambda note: says(kind(note)) if note in set(kind) else note


def _charged(note: str) -> str:
    kind, _space, rest = note.partition(" ")
    amount, _space, words = rest.partition(" ")
    if kind not in set(ChargeKind):
        return note
    return " ".join(part for part in (label(ChargeKind(kind)), f"¥{amount}", words) if part)


def _told(note: str) -> str:
    channel, colon, words = note.partition(": ")
    if channel not in set(TellChannel):
        return note
    return label(TellChannel(channel)) + (f" · {words}" if colon else "")


def _estimate(note: str) -> str:
    day, _space, reason = note.partition(" ")
    try:
        shown = day_text(date.fromisoformat(day))
    except ValueError:
        return note
    return f"{shown} · {reason}" if reason.strip() else shown


def _last_day(note: str) -> str:
    try:
        return gettext("it was good until {day}").format(day=day_text(date.fromisoformat(note)))
    except ValueError:
        return note


_SAYS: dict[TicketAct, Callable[[str], str]] = {
    _A.PRINTED: _in_words(PaperKind, paper_word),
    _A.ASSESSED: _in_words(Severity, label),
    _A.LOAN_REFUSED: _in_words(NoLoanReason, label),
    _A.CUSTOMER_TOLD: _told,
    _A.CALLED: _told,
    _A.ESTIMATE_CHANGED: _estimate,
    _A.QUOTE_EXPIRED: _last_day,
    _A.PAYMENT_TAKEN_BACK: lambda note: f"¥{note}",
    _A.CHARGED: _charged,
    _A.CHARGE_WAIVED: _charged,
}


def _when(row: EventRow, zone: str, today: date) -> str:
    if day_in_zone(row.at, zone) == today:
        return f"{local_time(row.at, zone):%H:%M}"
    return f"{local_time(row.at, zone):%m-%d}"
