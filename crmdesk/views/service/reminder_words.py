"""How goods that wait are shown: columns, next steps in words, facts."""

from collections.abc import Sequence

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
    UncollectedStep.REMIND: mark("Remind"),
    UncollectedStep.WRITE: mark("Write the letter"),
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


def step_words(row: WaitingRow) -> str:
    """Say the next step, with its day while it is not due."""
    words = gettext(_STEPS[row.next.step])
    if row.next.step is UncollectedStep.WAIT and row.next.day is not None:
        return gettext("from {day}").format(day=day_text(row.next.day))
    return words


def columns(zone: str) -> list[Column[WaitingRow]]:
    """Give the columns of the list."""
    return [
        Column("number", mark("Number"), lambda one: one.number, 150, sort_key="number", whole=True),
        Column("member", mark("Customer"), lambda one: one.member_name, 110, sort_key="member"),
        Column("item", mark("Item"), lambda one: one.item, 160, stretch=True),
        Column("shelf", mark("Shelf"), lambda one: one.shelf, 70, sort_key="shelf"),
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
            mark("Reminders"),
            lambda one: str(len(one.reminded)) if one.reminded else "",
            80,
            ColumnKind.NUMBER,
            tooltip=lambda one: "\n".join(moment_text(at, zone) for at in one.reminded),
            value=lambda one: len(one.reminded),
        ),
        Column("last", mark("Last one"), lambda one: _last(one, zone), 90, ColumnKind.DAY),
        Column("letter", mark("Letter"), lambda one: _letter(one, zone), 90, ColumnKind.DAY),
        Column(
            "next",
            mark("Next step"),
            step_words,
            140,
            ColumnKind.STATUS,
            tone=lambda one: _TONES[one.next.step],
            icon=lambda one: _ICONS[one.next.step],
        ),
    ]


def _last(row: WaitingRow, zone: str) -> str:
    return day_text(day_in_zone(row.reminded[-1], zone)) if row.reminded else ""


def _letter(row: WaitingRow, zone: str) -> str:
    return day_text(day_in_zone(row.waiting.letter_at, zone)) if row.waiting.letter_at else ""


def facts(row: WaitingRow, zone: str) -> list[Fact]:
    """Give the facts of the chosen goods."""
    told = row.waiting.told_at
    waited = ngettext("{count} day", "{count} days", row.days).format(count=row.days)
    when = f"{moment_text(told, zone)} · {waited}" if told else gettext("not yet")
    found = [
        Fact(gettext("Customer"), row.member_name),
        Fact(gettext("Item"), row.item),
        Fact(gettext("Shelf"), row.shelf),
        Fact(gettext("Told"), when),
    ]
    if row.open_amount > Money(0):
        found.append(Fact(gettext("To pay"), f"¥{row.open_amount.short_text()}"))
    if row.fee_due:
        found.append(Fact(gettext("Storage fee, not charged"), f"¥{row.fee_due.short_text()}", Tone.WARN))
    return found


def events(sent: Sequence[ReminderRow], zone: str) -> list[Event]:
    """Give the reminders as a time line."""
    return [Event("bell", stage_words(one.stage), one.words, moment_text(one.at, zone)) for one in sent]
