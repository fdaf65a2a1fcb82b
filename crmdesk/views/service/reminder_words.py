"""How goods that wait are shown: columns, next steps in words, facts."""

from collections.abc import Sequence
from datetime import date

from crmdesk.core.clock import day_in_zone
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.core.uncollected import UncollectedStep
from crmdesk.queries.reminders import ReminderRow, WaitingRow
from crmdesk.views.service.reminder_dialogs import stage_words
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.widgets.facts_table import Fact
from crmdesk.views.support.widgets.timeline import Event

_STEPS = {
    UncollectedStep.TELL: mark("Tell the customer"),
    UncollectedStep.WAIT: mark("Wait"),
    UncollectedStep.REMIND: mark("Remind to collect"),
    UncollectedStep.WRITE: mark("Write to the customer"),
    UncollectedStep.CHARGE: mark("Charge the fee"),
    UncollectedStep.DECIDE: mark("Owner decides"),
}
_TONES = {
    UncollectedStep.TELL: Tone.WAITING,
    UncollectedStep.WAIT: Tone.NEUTRAL,
    UncollectedStep.REMIND: Tone.WAITING,
    UncollectedStep.WRITE: Tone.WARN,
    UncollectedStep.CHARGE: Tone.WAITING,
    UncollectedStep.DECIDE: Tone.LATE,
}
_ICONS = {
    UncollectedStep.TELL: "phone",
    UncollectedStep.WAIT: "hourglass",
    UncollectedStep.REMIND: "bell",
    UncollectedStep.WRITE: "mail",
    UncollectedStep.CHARGE: "banknote",
    UncollectedStep.DECIDE: "scale",
}


def step_words(row: WaitingRow, today: date) -> str:
    """Say the next step, with its day while it is not due."""
    words = gettext(_STEPS[row.next.step])
    if row.next.step is UncollectedStep.WAIT and row.next.day is not None:
        return gettext("from {day}").format(day=day_text(row.next.day, today))
    return words


def columns(zone: str, today: date) -> list[Column[WaitingRow]]:
    """Give the columns of the list."""
    return [
        Column("number", mark("Number"), lambda one: one.number, 136, sort_key="number", whole=True),
        Column("member", mark("Customer"), lambda one: one.member_name, 84, sort_key="member"),
        Column("item", mark("Item"), lambda one: one.item, 130, stretch=True),
        Column("shelf", mark("Shelf"), lambda one: one.shelf, 72, sort_key="shelf"),
        Column(
            "days",
            mark("Days"),
            lambda one: str(one.days) if one.waiting.told_at else "",
            60,
            ColumnKind.NUMBER,
            sort_key="days",
            value=lambda one: one.days,
        ),
        Column(
            "reminded",
            mark("Reminded so far"),
            lambda one: str(len(one.reminded)) if one.reminded else "",
            80,
            ColumnKind.NUMBER,
            tooltip=lambda one: "\n".join(moment_text(at, zone) for at in one.reminded),
            value=lambda one: len(one.reminded),
        ),
        Column("last", mark("Last one"), lambda one: _last(one, zone, today), 90, ColumnKind.DAY),
        Column("letter", mark("Letter on"), lambda one: _letter(one, zone, today), 90, ColumnKind.DAY, shown=False),
        Column(
            "next",
            mark("Next step"),
            lambda one: step_words(one, today),
            150,
            ColumnKind.STATUS,
            tone=lambda one: _TONES[one.next.step],
            icon=lambda one: _ICONS[one.next.step],
        ),
    ]


def _last(row: WaitingRow, zone: str, today: date) -> str:
    return _short(day_in_zone(row.reminded[-1], zone), today) if row.reminded else ""


def _letter(row: WaitingRow, zone: str, today: date) -> str:
    return _short(day_in_zone(row.waiting.letter_at, zone), today) if row.waiting.letter_at else ""


def _short(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def facts(row: WaitingRow, zone: str) -> list[Fact]:
    """Give the facts of the chosen goods."""
    told = row.waiting.told_at
    waited = ngettext("{count} day", "{count} days", row.days).format(count=row.days)
    when = f"{moment_text(told, zone)} · {waited}" if told else gettext("not yet")
    found = [
        Fact(gettext("Customer"), row.member_name),
        Fact(gettext("Item"), row.item),
        Fact(gettext("Shelf"), row.shelf),
        Fact(gettext("Told that it is ready"), when),
    ]
    if row.open_amount > Money(0):
        found.append(Fact(gettext("To pay"), f"¥{row.open_amount.short_text()}"))
    if row.fee_due:
        found.append(Fact(gettext("Storage fee, not charged"), f"¥{row.fee_due.short_text()}", Tone.WARN))
    return found


def events(sent: Sequence[ReminderRow], zone: str) -> list[Event]:
    """Give the reminders as a time line."""
    return [Event("bell", stage_words(one.stage), one.words, moment_text(one.at, zone)) for one in sent]
