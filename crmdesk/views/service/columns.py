"""The columns of the list of tickets."""

from datetime import timedelta
from typing import Final

from PySide6.QtGui import QFontMetrics

from crmdesk.core.clock import day_in_zone
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label, state_label
from crmdesk.core.tickets import FINISHED, Route, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_rows import TicketRow
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text
from crmdesk.views.support.fonts import text_font
from crmdesk.views.support.table_delegate import PADDING
from crmdesk.views.support.ticket_looks import due_words, longest_due_words, state_icon, state_tone
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.painting import pill_size

# Seldom in a list of open work, and long in words.
_RARE: Final = frozenset({TicketState.TURNED})


def columns(zone: str) -> tuple[Column[TicketRow], ...]:
    """Give the columns for a store in the IANA ``zone``."""
    return (
        Column("number", mark("Number"), lambda row: row.number, 128, sort_key="number", whole=True),
        Column("member", mark("Member"), lambda row: row.member_name, 70, whole=True),
        Column("item", mark("Item"), lambda row: row.item, 130, tooltip=lambda row: row.item, stretch=True),
        Column("problem", mark("Problem"), problem, 82, tooltip=problem),
        Column(
            "state",
            mark("Status"),
            lambda row: state_label(row.state, row.route),
            _state_width(),
            ColumnKind.STATUS,
            tone=lambda row: state_tone(row.state, row.clock),
            icon=lambda row: state_icon(row.state),
            sort_key="state",
        ),
        Column(
            "due",
            mark("Deadline"),
            lambda row: due_of(row)[0],
            _due_width(),
            tone=lambda row: due_of(row)[1],
            tooltip=_why,
        ),
        *_on_wish(zone),
    )


def _state_width() -> int:
    """Give the room for the longest state that work goes through, in the present language."""
    worked_on = [state for state in TicketState if state not in FINISHED and state not in _RARE]
    return (
        max(pill_size(state_label(state, route), state_icon(state)).width() for state in worked_on for route in Route)
        + 2 * PADDING
    )


def _due_width() -> int:
    metrics = QFontMetrics(text_font())
    words = (*longest_due_words(), gettext("Deadline"))
    return max(metrics.horizontalAdvance(text) for text in words) + 2 * SPACE + 2 * PADDING


def _on_wish(zone: str) -> tuple[Column[TicketRow], ...]:
    return (
        Column("kind", mark("Kind"), lambda row: label(row.kind), 80, shown=False),
        Column("tier", mark("Level"), lambda row: label(row.member_tier), 80, shown=False),
        Column("route", mark("Where it goes"), lambda row: label(row.route), 110, shown=False),
        Column("shelf", mark("Shelf"), lambda row: row.shelf, 80, shown=False),
        Column(
            "promised",
            mark("Promised for"),
            lambda row: day_text(row.promised_on) if row.promised_on else "",
            130,
            ColumnKind.DAY,
            value=lambda row: row.promised_on,
            sort_key="promised",
            shown=False,
        ),
        Column(
            "received",
            mark("Taken in at"),
            lambda row: day_text(day_in_zone(row.received_at, zone)),
            130,
            ColumnKind.MOMENT,
            value=lambda row: row.received_at,
            sort_key="received",
            shown=False,
        ),
    )


def problem(row: TicketRow) -> str:
    """Give what is wrong in a few words: what the clerk wrote, else the fault codes."""
    return row.subject or gettext(", ").join(fault_name(code) for code in row.faults)


def due_of(row: TicketRow) -> tuple[str, Tone | None]:
    """Say in a few words what time asks for, and how urgent that is."""
    if row.clock is None:
        return "", None
    today = row.clock.due_on - timedelta(days=row.clock.days_left)
    return due_words(row.state, row.clock, row.shelf, today)


def _why(row: TicketRow) -> str:
    """Say why it is red and where the rule comes from."""
    if row.clock is None:
        return ""
    return f"{row.clock.title} {day_text(row.clock.due_on)}\n{row.clock.source}"
