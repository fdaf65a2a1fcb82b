"""The time line of a loaner: loans, fees, reminders and the shop's own work on it, newest first."""

from enum import Enum

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.loan_events import LoanAct, loan_act_label
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.tickets import TellChannel
from crmdesk.core.tones import Tone
from crmdesk.queries.loan_events import LoanLine
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.widgets.timeline import Event

_PLAIN = ("circle-dot", None)
_LOOKS: dict[LoanAct, tuple[str, Tone | None]] = {
    LoanAct.REGISTERED: ("plus", None),
    LoanAct.RESERVED: ("bookmark", Tone.INFO),
    LoanAct.RESERVATION_MOVED: ("bookmark", Tone.INFO),
    LoanAct.NOT_FETCHED: ("user-x", Tone.WARN),
    LoanAct.LENT: ("luggage", Tone.INFO),
    LoanAct.SIGNED: ("file-pen", Tone.OK),
    LoanAct.EXTENDED: ("calendar-clock", Tone.WAITING),
    LoanAct.TAKEN_OVER: ("key-round", Tone.WARN),
    LoanAct.REMINDED: ("bell", Tone.WARN),
    LoanAct.BACK: ("package-check", Tone.OK),
    LoanAct.LOST: ("circle-x", Tone.LATE),
    LoanAct.CHARGED: ("hand-coins", Tone.WARN),
    LoanAct.PAID: ("receipt", Tone.OK),
    LoanAct.WAIVED: ("hand-coins", Tone.WAITING),
    LoanAct.PAYMENT_TAKEN_BACK: ("undo-2", Tone.WARN),
    LoanAct.INSPECTED: ("eye", None),
    LoanAct.CLEANED: ("spray-can", Tone.OK),
    LoanAct.TO_REPAIR: ("wrench", Tone.WARN),
    LoanAct.REPAIRED: ("wrench", Tone.OK),
    LoanAct.RETIRED: ("archive", None),
    LoanAct.MISSING: ("circle-x", Tone.LATE),
    LoanAct.FOUND: ("search", Tone.OK),
}
_WORDS: dict[str, Enum] = {one.value: one for kind in (ReturnGrade, TellChannel) for one in kind}


def events(lines: tuple[LoanLine, ...], zone: str) -> list[Event]:
    """Give the lines for the widget."""
    return [_event(one, zone) for one in lines]


def _event(line: LoanLine, zone: str) -> Event:
    icon, tone = _LOOKS.get(line.act, _PLAIN)
    who = f"{loan_act_label(line.act)} · {line.member_name}" if line.member_name else loan_act_label(line.act)
    return Event(
        icon=icon,
        title=who,
        detail=" · ".join(part for part in (_note(line), line.person) if part),
        when=moment_text(line.at, zone),
        tone=tone,
        exact=line.loan_number,
    )


def _note(line: LoanLine) -> str:
    """Give the note in words: a grade, a channel and a reminder's number are kept by their names."""
    parts = line.note.split(" · ")
    said = [label(_WORDS[part]) if part in _WORDS else part for part in parts]
    if line.act is LoanAct.REMINDED and said[0].isdigit():
        said[0] = gettext("reminder {value}").format(value=said[0])
    return " · ".join(said)
