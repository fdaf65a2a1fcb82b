"""How a ticket's state and its time look in lists and pills: tone, icon, words; the same on every screen."""

from datetime import date
from typing import Final

from crmdesk.core.clocks import ClockReading
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.tickets import FINISHED, TicketState
from crmdesk.core.tones import Tone
from crmdesk.views.support.days import due_text

_S = TicketState
_LOOKS: Final[dict[TicketState, tuple[Tone, str]]] = {
    _S.DRAFT: (Tone.NEUTRAL, "pencil"),
    _S.RECEIVED: (Tone.INFO, "inbox"),
    _S.JUDGING: (Tone.WAITING, "scale"),
    _S.SENT: (Tone.INFO, "truck"),
    _S.AT_HEAD_OFFICE: (Tone.INFO, "building-2"),
    _S.RECEIVED_BACK: (Tone.INFO, "package-open"),
    _S.QUOTED: (Tone.WAITING, "phone-outgoing"),
    _S.DECLINED: (Tone.WAITING, "thumbs-down"),
    _S.EXPIRED: (Tone.WARN, "hourglass"),
    _S.APPROVED: (Tone.OK, "thumbs-up"),
    _S.IN_WORK: (Tone.INFO, "wrench"),
    _S.QUALITY_CHECK: (Tone.WAITING, "list-checks"),
    _S.READY: (Tone.OK, "check"),
    _S.NOTIFIED: (Tone.OK, "package-check"),
    _S.COLLECTED: (Tone.NEUTRAL, "hand"),
    _S.POSTED_BACK: (Tone.NEUTRAL, "send"),
    _S.SCRAPPED: (Tone.NEUTRAL, "trash-2"),
    _S.TURNED: (Tone.NEUTRAL, "arrow-right-left"),
    _S.ACKNOWLEDGED: (Tone.INFO, "mail"),
    _S.ASSESSED: (Tone.INFO, "list-checks"),
    _S.INVESTIGATING: (Tone.WAITING, "search"),
    _S.PROPOSED: (Tone.WAITING, "file-pen"),
    _S.PROPOSAL_APPROVED: (Tone.OK, "thumbs-up"),
    _S.DECIDED: (Tone.INFO, "scale"),
    _S.COMMUNICATED: (Tone.INFO, "mail-check"),
    _S.SATISFACTION_CALL: (Tone.WAITING, "phone-call"),
    _S.REOPENED: (Tone.WARN, "rotate-ccw"),
    _S.ESCALATED: (Tone.LATE, "flag"),
    _S.CHECKED: (Tone.INFO, "list-checks"),
    _S.EXECUTED: (Tone.OK, "check"),
    _S.CLOSED: (Tone.NEUTRAL, "circle-check"),
    _S.CANCELLED: (Tone.NEUTRAL, "ban"),
}
_WAITING_FOR_CUSTOMER: Final = frozenset({_S.READY, _S.NOTIFIED})
_UNCOLLECTED: Final = "uncollected"
_NO_MOVEMENT: Final = "no_movement"
_LONG_WAIT: Final = 99


def state_icon(state: TicketState) -> str:
    """Give the icon of a state's pill."""
    return _LOOKS[state][1]


def state_tone(state: TicketState, clock: ClockReading | None = None) -> Tone:
    """Give the tone of a state's pill; red while the shop is late."""
    if clock is not None and clock.tone is Tone.LATE and state not in _WAITING_FOR_CUSTOMER:
        return Tone.LATE
    return _LOOKS[state][0]


def due_words(state: TicketState, clock: ClockReading | None, shelf: str, today: date) -> tuple[str, Tone | None]:
    """Say in a few words what time asks for: 还剩 2 天, 逾期 1 天, 待通知, A3 架.

    Args:
        state: of the ticket.
        clock: its most urgent one.
        shelf: where the goods lie.
        today: the store's day.
    """
    if state in FINISHED:
        return "", None
    if state in _WAITING_FOR_CUSTOMER:
        return _waiting(state, clock, shelf)
    if clock is None or (clock.key == _NO_MOVEMENT and clock.tone is not Tone.LATE):
        return "", None
    if clock.key == _NO_MOVEMENT:
        return gettext("not moving"), Tone.WARN
    return due_text(clock.due_on, today), clock.tone if clock.tone is not Tone.NEUTRAL else None


def longest_due_words() -> tuple[str, ...]:
    """Give the longest of what `due_words` says in the present language, to measure the room for it."""
    return _uncollected(_LONG_WAIT), gettext("tell customer"), gettext("not moving"), gettext("to collect")


def _uncollected(days: int) -> str:
    return ngettext("{count} day uncollected", "{count} days uncollected", days).format(count=days)


def _waiting(state: TicketState, clock: ClockReading | None, shelf: str) -> tuple[str, Tone | None]:
    if clock is not None and clock.key == _UNCOLLECTED and clock.tone is Tone.LATE:
        days = -clock.days_left
        return _uncollected(days), Tone.LATE
    if state is _S.READY:
        return gettext("tell customer"), Tone.WAITING
    return (gettext("shelf {shelf}").format(shelf=shelf) if shelf else gettext("to collect")), None
