"""The board's facts in words: what stands in each row, and what it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crmdesk.core.clock import day_in_zone
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.members import BirthdayCalendar
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.board import BirthdayLine, Board, CallGroup, LoanLine
from crmdesk.queries.complaint_lists import ComplaintView
from crmdesk.queries.firm_visits import FirmView
from crmdesk.queries.loaner_rows import LoanerView
from crmdesk.queries.people_around import RelativeBirthday
from crmdesk.queries.ticket_filter import TicketView
from crmdesk.queries.ticket_rows import TicketRow
from crmdesk.views.support.days import day_text, due_text

_LONG_UNCOLLECTED_DAYS = 7
SERVICE_LIST, LOANER_LIST, COMPLAINT_LIST = "service.show", "loaners.show", "service.complaints"
FIRM_LIST = "members.firms"
IMPORTS = "members.import"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a card; ``opens`` is a thing, ``command`` a list's command with its ``view``."""

    text: str
    value: str = ""
    tone: Tone | None = None
    opens: EntityRef | None = None
    section: str = ""
    command: str = ""
    view: str = ""


def late_lines(found: Board, today: date) -> list[Line]:
    """Tickets whose clock ran out or is about to."""
    return [
        _ticket_line(row, due_text(row.clock.due_on, today), Tone.LATE if row.clock.days_left < 0 else Tone.WARN)
        for row in found.late
        if row.clock is not None
    ]


def _ticket_line(row: TicketRow, value: str, tone: Tone | None) -> Line:
    what = " ".join(filter(None, (row.item, _trouble(row))))
    return Line(
        " · ".join(filter(None, (row.number, row.member_name, what))),
        value,
        tone,
        EntityRef(EntityKind.TICKET, row.id),
        "service",
    )


def _trouble(row: TicketRow) -> str:
    return row.subject or (fault_name(row.faults[0]) if row.faults else "")


def collect_lines(found: Board, today: date, zone: str) -> list[Line]:
    """Goods that wait for their owner."""
    return [_ticket_line(row, *_waiting(row, today, zone)) for row in found.collect]


def _waiting(row: TicketRow, today: date, zone: str) -> tuple[str, Tone | None]:
    shelf = f"{row.shelf} · " if row.shelf else ""
    if row.state is TicketState.READY:
        return shelf + gettext("to be told"), Tone.WARN
    days = (today - day_in_zone(row.ready_at, zone)).days if row.ready_at else 0
    if days == 0:
        return shelf + gettext("arrived today"), None
    words = ngettext("{n} day waiting", "{n} days waiting", days).format(n=days)
    return shelf + words, Tone.LATE if days >= _LONG_UNCOLLECTED_DAYS else None


def all_late_line(found: Board, today: date) -> list[Line]:
    """What opens the whole lists: red clocks, or else what is due today, and what nobody moved."""
    lines = []
    if found.red_count:
        words, view = gettext("Show all red clocks"), TicketView.RED
        lines.append(Line(words, str(found.red_count), Tone.LATE, command=SERVICE_LIST, view=view.value))
    elif any(row.clock is not None and row.clock.due_on == today for row in found.late):
        words = gettext("Show all that are due today")
        lines.append(Line(words, command=SERVICE_LIST, view=TicketView.DUE_TODAY.value))
    if found.still_count:
        words, view = gettext("Nothing happened for days"), TicketView.STILL
        lines.append(Line(words, str(found.still_count), Tone.WARN, command=SERVICE_LIST, view=view.value))
    return lines + complaint_lines(found) + import_lines(found)


def import_lines(found: Board) -> list[Line]:
    """Imports that stopped half-way and files of the till that nobody could take in."""
    if not found.imports_waiting:
        return []
    words = gettext("Imports that wait for a decision")
    return [Line(words, str(found.imports_waiting), Tone.WARN, command=IMPORTS)]


def complaint_lines(found: Board) -> list[Line]:
    """What complaints wait for the person who looks: approvals, tasks."""
    waiting = (
        (found.complaint_approvals, gettext("Complaints wait for my approval"), ComplaintView.MY_APPROVAL),
        (found.complaint_tasks, gettext("My complaint tasks"), ComplaintView.MY_TASKS),
    )
    return [
        Line(words, str(count), Tone.WARN, command=COMPLAINT_LIST, view=view.value)
        for count, words, view in waiting
        if count
    ]


def all_collect_line(found: Board) -> list[Line]:
    """What opens the list of all goods that wait."""
    if not found.collect_count:
        return []
    return [Line(gettext("Show all to be collected"), command=SERVICE_LIST, view=TicketView.TO_COLLECT.value)]


def loan_lines(found: Board, today: date) -> list[Line]:
    """Loaners that are out, the shelf, and what stands in the way."""
    lines = [_loan_line(one, today) for one in found.loans]
    if found.repair_done_loaner_out:
        count = str(found.repair_done_loaner_out)
        words, view = gettext("Repair done, loaner still out"), LoanerView.REPAIR_DONE
        lines.append(Line(words, count, Tone.WARN, command=LOANER_LIST, view=view.value))
    shelf = gettext("On the shelf {free} · out {out} · to check {check}").format(
        free=found.on_shelf, out=found.loans_out, check=found.to_check
    )
    late = any(one.due_on < today for one in found.loans)
    view = LoanerView.OVERDUE if late else LoanerView.OUT
    lines.append(Line(shelf, command=LOANER_LIST, view=view.value))
    return lines


def _loan_line(one: LoanLine, today: date) -> Line:
    deposit = gettext("deposit {amount}").format(amount=one.deposit.short_text())
    text = f"{one.code} {one.name} → {one.member_name} · {deposit}"
    opens = EntityRef(EntityKind.LOANER, one.loaner_id)
    if one.due_on < today:
        due = gettext("was due {day}").format(day=f"{one.due_on:%m-%d}")
        return Line(text, due, Tone.LATE, opens, "loaners")
    if one.due_on == today:
        return Line(text, gettext("back today"), Tone.WARN, opens, "loaners")
    return Line(text, f"{one.due_on:%m-%d}", None, opens, "loaners")


def call_lines(groups: Sequence[CallGroup]) -> list[Line]:
    """Callbacks by reason."""
    return [
        Line(label(group.reason), f"{group.done} / {group.total}", _call_tone(group), section="care")
        for group in groups
    ]


def _call_tone(group: CallGroup) -> Tone | None:
    return Tone.OK if group.done == group.total else None


def birthday_lines(found: Board, today: date) -> list[Line]:
    """Whose birthday it is, and how many the month has."""
    lines = [_birthday_line(one) for one in found.birthdays] + [_relative_line(one) for one in found.relatives]
    if not lines:
        lines.append(Line(gettext("No birthday today ({day})").format(day=day_text(today)), section="members"))
    if found.firms_due:
        words = gettext("Firms to visit")
        lines.append(Line(words, str(found.firms_due), Tone.WARN, command=FIRM_LIST, view=FirmView.DUE.value))
    return lines


def _relative_line(one: RelativeBirthday) -> Line:
    text = gettext("Today: {name}, {role} of {member}").format(
        name=one.name, role=label(one.role), member=one.member_name
    )
    lunar = ""
    if one.birthday.calendar is BirthdayCalendar.LUNAR:
        lunar = gettext("lunar {month}-{day}").format(month=one.birthday.month, day=one.birthday.day)
    return Line(text, lunar, Tone.WARN, EntityRef(EntityKind.MEMBER, one.member_id), "members")


def _birthday_line(one: BirthdayLine) -> Line:
    lunar = ""
    if one.lunar_month is not None:
        lunar = gettext("lunar {month}-{day}").format(month=one.lunar_month, day=one.lunar_day)
    text = gettext("Today: {name}").format(name=one.name)
    opens = EntityRef(EntityKind.MEMBER, one.member_id)
    return Line(text, lunar, Tone.WARN, opens, "members")
