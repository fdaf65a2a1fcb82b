"""The owner's workbook of the demonstration store, opened by another library: its numbers are those of the reports."""

import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from crmdesk.core.errors import NotAllowedError
from crmdesk.core.figures import rfm, rfm_scores
from crmdesk.core.roles import Right, Role
from crmdesk.db.engine import Database
from crmdesk.documents.sheets.owner import write_owner_workbook
from crmdesk.queries.figures import figures_between
from crmdesk.queries.workbook import owner_facts
from tests.builders.demo_year import demo_context, demo_file
from tests.integration.figures.plain import Raw
from tests.integration.figures.test_demo_year import PERIODS

NOTHING = "–"


@pytest.fixture
def session() -> Iterator[Session]:
    database = Database.open(demo_file())
    with database.reading() as session:
        yield session
    database.dispose()


def workbook(session: Session, first: date, last: date) -> Workbook:
    stream = io.BytesIO()
    write_owner_workbook(stream, owner_facts(session, first, last, demo_context()))
    stream.seek(0)
    return openpyxl.load_workbook(stream, data_only=True)


def named(book: Workbook) -> dict[str, Any]:
    """Give the summary's figures by name; a dash is None."""
    names = {name: book.defined_names[name].attr_text for name in book.defined_names if name.startswith("figure_")}
    sheet = book.worksheets[0]
    values = {
        name.removeprefix("figure_"): sheet[str(place).split("!")[1].replace("$", "")].value
        for name, place in names.items()
    }
    return {name: None if value == NOTHING else value for name, value in values.items()}


def lines(book: Workbook, title: str) -> list[dict[str, Any]]:
    """Give a data sheet's lines by the titles in its fourth row."""
    head, *rows = book[title].iter_rows(min_row=4, values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@pytest.mark.parametrize("name", PERIODS)
def test_the_summary_says_what_the_reports_say(session: Session, name: str) -> None:
    first, last = PERIODS[name]
    book = workbook(session, first, last)
    found = figures_between(session, first, last, demo_context())
    sales, service, care = found.sales, found.service, found.care
    expected = {
        "net_sales": sales.net_fen / 100,
        "year_on_year": sales.year_on_year,
        "return_rate": sales.return_rate_amount,
        "return_rate_pieces": sales.return_rate_pieces,
        "items_per_ticket": sales.items_per_ticket,
        "buyers": sales.buyers,
        "repeat": sales.repeat_rate,
        "twice": sales.two_in_a_month,
        "repairs": service.repairs,
        "turnaround": service.turnaround_median,
        "turnaround_late": service.turnaround_p90,
        "on_time": service.on_time,
        "come_back": share(service.come_backs, service.repairs),
        "uncollected": service.uncollected,
        "utilisation": service.loaner_utilisation,
        "callbacks": care.callbacks,
        "reach": care.reach,
        "overdue_callbacks": share(care.overdue, care.callbacks),
        "credited": care.credited_fen / 100,
        "members": care.members,
        "new_members": care.new_members,
        "lost": share(care.lost, care.ever_bought),
        "new_contacts": care.new_contacts,
        "file_rate": care.file_rate,
        "add_rate": care.add_rate,
        "birthday_recall": care.birthday_recall,
        "follower_loss": care.follower_loss,
    }
    shown = named(book)
    assert {key: shown[key] for key in expected} == expected
    days = [cell.value.date() for cell in book.worksheets[0]["B"] if isinstance(cell.value, datetime)]
    assert days == [first, last, found.as_of]


def test_each_sheet_holds_the_rows_of_the_file(session: Session) -> None:
    first, last = PERIODS["the running year"]
    book, raw = workbook(session, first, last), Raw(demo_file())
    receipts = [row for row in raw.purchases if first <= row["day"] <= last]
    shown = lines(book, "Purchases")
    assert sorted(row["Receipt no."] for row in shown) == sorted(row["number"] for row in receipts)
    assert round(sum(row["Net amount"] for row in shown) * 100) == sum(row["net"] for row in receipts)
    repairs = {row["number"]: row for row in raw.repairs if first <= row["received"] <= last}
    for line in lines(book, "Repairs"):
        row = repairs.pop(line["Ticket no."])
        days = [line[title] and line[title].date() for title in ("Taken in on", "Ready on", "Collected on")]
        assert days == [row["received"], row["ready"], row["collected"]]
    assert repairs == {}
    touching = [row for row in raw.loans if row["out"] <= last and (row["back"] is None or row["back"] >= first)]
    assert sorted(row["Loan no."] for row in lines(book, "Loans")) == sorted(row["number"] for row in touching)
    assert len(lines(book, "Callbacks")) == figures_between(session, first, last, demo_context()).care.callbacks


def test_members_have_the_scores_of_the_pure_definition(session: Session) -> None:
    first, last = PERIODS["a quarter"]
    raw = Raw(demo_file())
    receipts = [
        (raw.members[row["member_id"]]["number"], row["day"], row["net"])
        for row in raw.purchases
        if first <= row["day"] <= last and row["member_id"] in raw.is_member
    ]
    values, scores = rfm(receipts, last), rfm_scores(rfm(receipts, last))
    for line in lines(workbook(session, first, last), "Members"):
        number = line["Member no."]
        score = scores.get(number)
        found = (line["R"], line["F"], line["M"])
        assert found == ((score.recency, score.frequency, score.monetary) if score else (None, None, None))
        assert line["Purchase days"] == (values[number].purchase_days if number in values else 0)
        ever = [row["day"] for row in raw.purchases if is_sale_of(raw, row, number) and row["day"] <= last]
        assert (line["Last purchase"] and line["Last purchase"].date()) == max(ever, default=None)


def is_sale_of(raw: Raw, row: dict[str, Any], number: str) -> bool:
    return row["net"] >= 0 and raw.members.get(row["member_id"], {}).get("number") == number


def test_phones_are_masked_without_the_right(session: Session) -> None:
    first, last = PERIODS["the running year"]
    owner, manager = demo_context(Role.OWNER), demo_context(Role.MANAGER)
    exporter = demo_context(Role.CLERK)
    exporter = type(exporter)(
        exporter.clock,
        type(exporter.actor)(1, "", Role.CLERK, frozenset({Right.EXPORT})),
        exporter.store,
    )
    digits = {row["digits"] for row in Raw(demo_file()).rows("member_phone")}
    for context in (owner, manager):
        facts = owner_facts(session, first, last, context)
        assert {line.phone for line in facts.members} - {""} <= digits
    masked = owner_facts(session, first, last, exporter)
    for sheet in (masked.members, masked.repairs, masked.complaints, masked.returns, masked.loans):
        phones = {line.phone for line in sheet}
        assert phones
        assert not phones & digits
        assert all("****" in phone for phone in phones if phone)


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_who_may_not_export(session: Session, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        owner_facts(session, date(2026, 1, 1), date(2026, 12, 31), demo_context(role))


def test_lines_are_plain_values(session: Session) -> None:
    """Sheets are written outside the session: nothing in the facts may want to look something up."""
    facts = owner_facts(session, *PERIODS["everything"], demo_context())
    for stream in (facts.repairs, facts.complaints, facts.returns, facts.loaners, facts.loans, facts.callbacks):
        for line in stream:
            assert all(type(value) in {str, int, bool, date, type(None)} for value in line)
    assert asdict(facts.outside)["walk_ins"] is None
