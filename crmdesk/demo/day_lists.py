"""The day's workbooks: the lists of tickets and members, and the owner's workbook of the year."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.workbook_facts import Cell, CellKind, Column, TableFacts
from crmdesk.demo.day_desk import LISTS, DayDesk, Note
from crmdesk.documents.sheets.owner import write_owner_workbook
from crmdesk.documents.sheets.table import write_table
from crmdesk.queries import board, figures, member_export, ticket_rows
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.workbook import owner_facts
from crmdesk.services.exports import ExportNote, note_export

STEP = "9 lists"
OWNER = "owner.xlsx"
_TICKETS = (
    (mark("Number"), CellKind.TEXT),
    (mark("Kind"), CellKind.TEXT),
    (mark("Member"), CellKind.TEXT),
    (mark("Item"), CellKind.TEXT),
    (mark("Status"), CellKind.TEXT),
    (mark("Promised for"), CellKind.DATE),
    (mark("Taken in at"), CellKind.DATETIME),
)


def write_lists(desk: DayDesk) -> None:
    """Look at the board, export two lists and write the owner's workbook."""
    desk.at(16, 0)
    _look_at_board(desk)
    tickets, members = desk.ask(_write_tickets, desk), desk.ask(_write_members, desk)
    for name, rows in (("tickets", tickets), ("members", members)):
        desk.do(desk.manager, note_export, ExportNote(name, rows, "all"), desk.manager)
    today = desk.manager.today()
    first = date(today.year - 1, today.month, today.day if today.month != 2 else min(today.day, 28))  # noqa: PLR2004
    facts = desk.ask(owner_facts, first, today, desk.owner)
    sheets = write_owner_workbook(desk.out / OWNER, facts)
    desk.do(desk.owner, note_export, ExportNote("owner", sum(sheets.values())), desk.owner)
    lines: dict[str, Note] = dict(sheets)
    desk.book.note(STEP, tickets=tickets, members=members, owner=lines, figures=_figures(desk, today))
    counted = desk.ask(member_export.count, desk.manager)
    desk.book.check("every member is on the exported list", counted, members)


def _write_tickets(session: Session, desk: DayDesk) -> int:
    facts = _facts(desk, gettext("Tickets"), [Column(gettext(title), kind) for title, kind in _TICKETS])
    keys = ticket_rows.ids(session, TicketFilter(TicketView.ALL), desk.manager)
    rows = _ticket_lines(session, keys, desk.manager)
    return write_table(desk.out / LISTS / "tickets.xlsx", _with(facts, rows))


def _ticket_lines(session: Session, keys: Sequence[int], context: Context) -> Iterator[Sequence[Cell]]:
    for start in range(0, len(keys), 500):
        piece = keys[start : start + 500]
        found = {row.id: row for row in ticket_rows.rows(session, piece, context)}
        for row in (found[key] for key in piece if key in found):
            promised: Cell = row.promised_on
            what = (row.number, label(row.kind), row.member_name, row.item, label(row.state))
            yield (*what, promised, row.received_at)


def _write_members(session: Session, desk: DayDesk) -> int:
    facts = _facts(desk, gettext("Members"), member_export.columns(session, desk.manager))
    return write_table(desk.out / LISTS / "members.xlsx", _with(facts, member_export.lines(session, desk.manager)))


def _facts(desk: DayDesk, title: str, columns: Sequence[Column]) -> TableFacts:
    context = desk.manager
    return TableFacts(title, columns, (), desk.now(), made_by=context.actor.name, zone=context.store.zone)


def _with(facts: TableFacts, rows: Iterator[Sequence[Cell]]) -> TableFacts:
    return TableFacts(facts.title, facts.columns, rows, facts.made_at, made_by=facts.made_by, zone=facts.zone)


def _look_at_board(desk: DayDesk) -> None:
    seen = desk.ask(board.board, desk.manager)
    shown = desk.ask(ticket_rows.counts, desk.manager)
    counts: dict[str, Note] = {view.value: number for view, number in shown.items()}
    desk.book.note(STEP, board=counts, birthdays=len(seen.birthdays))


def _figures(desk: DayDesk, today: date) -> Note:
    found = desk.ask(figures.figures, today, desk.owner)
    sales, service, care = found.sales, found.service, found.care
    return {
        "net_yuan": sales.net_fen / 100,
        "returned_yuan": sales.returned_fen / 100,
        "return_rate_amount": sales.return_rate_amount,
        "items_per_ticket": sales.items_per_ticket,
        "repeat_rate": sales.repeat_rate,
        "two_in_a_month": sales.two_in_a_month,
        "year_on_year": sales.year_on_year,
        "repairs": service.repairs,
        "turnaround_median": service.turnaround_median,
        "on_time": service.on_time,
        "come_backs": service.come_backs,
        "loaner_utilisation": service.loaner_utilisation,
        "callbacks": care.callbacks,
        "reach": care.reach,
        "overdue": care.overdue,
        "members": care.members,
        "new_members": care.new_members,
        "lost": care.lost,
    }
