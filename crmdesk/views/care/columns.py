"""The columns of the callback list."""

from crmdesk.core.care import CallbackState
from crmdesk.core.i18n import mark
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.callbacks import CallRow
from crmdesk.views.care.presenter import CarePresenter
from crmdesk.views.care.wording import last_words, matter_words, reason_words, window_tone, window_words
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import moment_text


def call_columns(presenter: CarePresenter) -> list[Column[CallRow]]:
    """Give the columns; ``presenter`` knows hour and zone."""
    return [
        Column("member", mark("Member"), lambda row: row.member_name, 110, sort_key="member"),
        Column(
            "reason",
            mark("Why"),
            lambda row: reason_words(row.reason, row.step),
            190,
            sort_key="reason",
        ),
        Column(
            "subject",
            mark("Item, matter"),
            matter_words,
            180,
            tooltip=lambda row: row.ticket_number or "",
            sort_key="subject",
            stretch=True,
        ),
        _state_column(presenter),
        Column(
            "attempts",
            mark("Tries"),
            lambda row: str(row.attempts) if row.attempts else "–",
            56,
            ColumnKind.NUMBER,
            sort_key="attempts",
            value=lambda row: row.attempts,
        ),
        Column("last", mark("Last result"), lambda row: last_words(row, presenter.zone), 130),
        Column("owner", mark("Caller"), lambda row: row.owner_name or "", 90, sort_key="owner"),
        *_more(presenter),
    ]


def _state_column(presenter: CarePresenter) -> Column[CallRow]:
    return Column(
        "due",
        mark("Time limit"),
        lambda row: _state(row, presenter)[0],
        150,
        ColumnKind.STATUS,
        tone=lambda row: _state(row, presenter)[1],
        icon=lambda row: _state(row, presenter)[2],
        tooltip=lambda row: moment_text(row.due_until, presenter.zone),
        sort_key="due",
    )


def _state(row: CallRow, presenter: CarePresenter) -> tuple[str, Tone, str]:
    """Give words, tone and icon: why it waits, until when it is to be done, or what came of it."""
    if row.hold is not None:
        return label(row.hold), Tone.WAITING, "hourglass"
    words = window_words(row, presenter.now(), presenter.zone)
    if row.state is CallbackState.DUE:
        tone = window_tone(row, presenter.now())
        return words, tone or Tone.INFO, "clock" if tone is None else "alarm-clock"
    result = f"{words} {label(row.outcome or row.state)}"
    if row.state is CallbackState.DONE:
        return result, Tone.OK, "check"
    return f"{words} {label(row.state)}", Tone.NEUTRAL, "circle-slash"


def _more(presenter: CarePresenter) -> list[Column[CallRow]]:
    """Give the columns that a person can choose to see."""
    return [
        Column("care", mark("Care class"), lambda row: label(row.care_class), 80, shown=False),
        Column("tier", mark("Level"), lambda row: label(row.tier), 80, shown=False),
        Column("channel", mark("Channel"), lambda row: label(row.channel), 80, shown=False),
        Column("number", mark("Member number"), lambda row: row.member_number, 110, shown=False),
        Column("ticket", mark("Ticket"), lambda row: row.ticket_number or "", 140, shown=False),
        Column(
            "from",
            mark("Call from"),
            lambda row: moment_text(row.due_from, presenter.zone),
            110,
            ColumnKind.MOMENT,
            value=lambda row: row.due_from,
            shown=False,
        ),
        Column(
            "until",
            mark("Call until"),
            lambda row: moment_text(row.due_until, presenter.zone),
            110,
            ColumnKind.MOMENT,
            value=lambda row: row.due_until,
            shown=False,
        ),
    ]
