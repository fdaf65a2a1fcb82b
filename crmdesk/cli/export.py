"""``export``: the owner's workbook and the list of members, written to a file."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.frame import Exit, Subparsers, answer, command

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.cli.store import Opened
    from crmdesk.core.context import Context
    from crmdesk.core.member_words import Look
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session


def add(subparsers: Subparsers) -> None:
    """Add the commands of this group."""
    summary = "write a workbook; that it was exported is noted"
    parser = subparsers.add_parser("export", help=summary, description=summary)
    kinds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    owner = command(kinds, "owner", "the owner's workbook of a period", export_owner)
    owner.add_argument(
        "--period", metavar="PERIOD", type=_period, required=True, help="2026, 2026-11, 2026Q4, 2026-01-01..2026-06-30"
    )
    members = command(kinds, "members", "every member, in columns that an import takes in again", export_members)
    person = command(kinds, "person", "everything about one member: a workbook and a letter", export_person)
    person.add_argument("number", metavar="NUMBER", help="the member's number")
    person.add_argument("--out", metavar="DIR", type=Path, required=True)
    for one in (owner, members):
        one.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True)


def export_owner(options: argparse.Namespace) -> int:
    """Write the owner's workbook."""
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store
    from crmdesk.documents.sheets.owner import write_owner_workbook
    from crmdesk.queries.workbook import owner_facts

    speak(options)
    first, last = options.period
    with opened_store(options) as store:
        with store.database.reading() as session:
            facts = owner_facts(session, first, last, store.context)
        rows = write_owner_workbook(options.out, facts)
        _note(store, "owner", sum(rows.values()), f"{first}..{last}")
    lines = [f"{options.out}: {sum(rows.values())} lines", *(f"{name}: {count}" for name, count in rows.items())]
    answer(options, {"file": str(options.out), "sheets": dict(rows)}, lines)
    return Exit.OK


def export_members(options: argparse.Namespace) -> int:
    """Write the list of members."""
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store
    from crmdesk.core.i18n import gettext
    from crmdesk.core.workbook_facts import TableFacts
    from crmdesk.documents.sheets.table import write_table
    from crmdesk.queries import member_export

    speak(options)
    with opened_store(options) as store:
        context = store.context
        with store.database.reading() as session:
            facts = TableFacts(
                title=gettext("Members"),
                columns=member_export.columns(session, context),
                rows=member_export.lines(session, context),
                made_at=context.now(),
                made_by=context.actor.name,
                zone=context.store.zone,
            )
            rows = write_table(options.out, facts)
            people = member_export.keys(session, context)
        _note(store, "members", rows, "all")
        _note_people(store, "members", people)
    answer(options, {"file": str(options.out), "rows": rows}, [f"{options.out}: {rows} members"])
    return Exit.OK


def export_person(options: argparse.Namespace) -> int:
    """Write everything about one person; it is noted in the log before it is read."""
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store
    from crmdesk.documents.person_copy import write_both
    from crmdesk.queries import person_file as rows
    from crmdesk.services.person_file import note_copy
    from crmdesk.services.unit import perform

    speak(options)
    with opened_store(options) as store:
        with store.database.reading() as session:
            member_id = rows.person_of(session, options.number)
        perform(store.database, store.context, lambda session, context: note_copy(session, member_id, context))
        with store.database.reading() as session:
            sheets = rows.person_sheets(session, member_id, store.context)
            letter = rows.person_letter(session, member_id, store.context, store.context.language)
        options.out.mkdir(parents=True, exist_ok=True)
        written = write_both(options.out, sheets, letter, store.context.language)
    answer(options, {"files": [str(path) for path in written]}, [str(path) for path in written])
    return Exit.OK


def _note(store: "Opened", listing: str, rows: int, view: str) -> None:
    from crmdesk.services.exports import ExportNote, note_export
    from crmdesk.services.unit import perform

    note = ExportNote(listing, rows, view)
    perform(store.database, store.context, lambda session, context: note_export(session, note, context))


def _note_people(store: "Opened", listing: str, people: list[int]) -> None:
    """Note in the log of looks whom a list was about."""
    from crmdesk.core.member_words import Look
    from crmdesk.services.access_log import parts_of
    from crmdesk.services.unit import perform

    for part in parts_of(people):
        perform(store.database, store.context, partial(_take, part, (Look.EXPORTED, listing)))


def _take(people: list[int], what: "tuple[Look, str]", session: "Session", context: "Context") -> "Outcome[int]":
    from crmdesk.services.access_log import note_taken

    return note_taken(session, people, what, context)


def _period(text: str) -> "tuple[date, date]":
    from crmdesk.queries.report_span import period_of

    return period_of(text)
