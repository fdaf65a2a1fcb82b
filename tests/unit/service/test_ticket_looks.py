"""Every state has a look whose icon exists; what the deadline column says."""

from datetime import UTC, date, datetime

import pytest

from crmdesk.core.clocks import ClockReading
from crmdesk.core.i18n import set_language
from crmdesk.core.labels import label
from crmdesk.core.loaners import NoLoanReason
from crmdesk.core.resources import resource_path
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_facts import EventRow
from crmdesk.views.service.history import _ICONS, title
from crmdesk.views.support.ticket_looks import due_words, state_icon, state_tone

TODAY = date(2026, 11, 21)


def clock(key: str = "promise", days: int = 2, tone: Tone = Tone.NEUTRAL) -> ClockReading:
    return ClockReading(key, date.fromordinal(TODAY.toordinal() + days), days, tone, "承诺", "门店")


@pytest.mark.parametrize("state", TicketState)
def test_every_state_has_an_icon(state: TicketState) -> None:
    assert resource_path("icons", f"{state_icon(state)}.svg").is_file()
    assert state_tone(state) in Tone


def test_every_event_has_an_icon() -> None:
    assert not [name for name in _ICONS.values() if not resource_path("icons", f"{name}.svg").is_file()]


@pytest.mark.parametrize(
    ("state", "reading", "shelf", "words", "tone"),
    [
        (TicketState.IN_WORK, clock(days=2), "", "还剩 2 天", None),
        (TicketState.IN_WORK, clock(days=1, tone=Tone.WARN), "", "还剩 1 天", Tone.WARN),
        (TicketState.SENT, clock(days=-1, tone=Tone.LATE), "", "逾期 1 天", Tone.LATE),
        (TicketState.READY, clock("uncollected", 7), "A3", "待通知", Tone.WAITING),
        (TicketState.NOTIFIED, clock("uncollected", 7), "A3", "A3 架", None),
        (TicketState.NOTIFIED, clock("uncollected", 7), "", "待取", None),
        (TicketState.NOTIFIED, clock("uncollected", -2, Tone.LATE), "A3", "超期未取 2 天", Tone.LATE),
        (TicketState.JUDGING, clock("no_movement", 3), "", "", None),
        (TicketState.JUDGING, clock("no_movement", -1, Tone.LATE), "", "多日未跟进", Tone.WARN),
        (TicketState.CLOSED, None, "", "", None),
        (TicketState.RECEIVED, None, "", "", None),
    ],
)
def test_the_deadline_in_words(
    state: TicketState, reading: ClockReading | None, shelf: str, words: str, tone: Tone | None
) -> None:
    set_language("zh_CN")
    assert due_words(state, reading, shelf, TODAY) == (words, tone)


def test_a_pill_is_red_only_while_the_shop_is_late() -> None:
    late = clock(days=-1, tone=Tone.LATE)
    assert state_tone(TicketState.SENT, late) is Tone.LATE
    assert state_tone(TicketState.NOTIFIED, late) is Tone.OK


def test_why_no_loaner_was_lent_is_said_in_words() -> None:
    row = EventRow(datetime(2026, 11, 21, tzinfo=UTC), TicketAct.LOAN_REFUSED, TicketState.RECEIVED, "none_fits", "")
    assert title(row) == f"No loaner: {label(NoLoanReason.NONE_FITS)}"
    written = EventRow(row.at, row.act, row.state, "she has one of her own", "")
    assert title(written) == "No loaner: she has one of her own"
