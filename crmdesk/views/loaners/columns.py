"""The columns of the loaner list."""

from collections.abc import Callable
from datetime import date

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.queries.loaner_rows import LoanerRow
from crmdesk.views.loaners.wording import age_words, amount, due_tone, due_words, ladder_words, status
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text


def loaner_columns(today: Callable[[], date]) -> list[Column[LoanerRow]]:
    """Give the columns; ``today`` gives the store's day."""
    return [*_what(), *_loan(today), *_money(), *_more()]


def _what() -> list[Column[LoanerRow]]:
    return [
        Column("code", mark("Code"), lambda row: row.code, 76, sort_key="code"),
        Column("name", mark("Item"), lambda row: row.name, 130, sort_key="name", stretch=True),
        Column(
            "state",
            mark("State"),
            lambda row: status(row)[0],
            132,
            ColumnKind.STATUS,
            tone=lambda row: status(row)[1],
            icon=lambda row: status(row)[2],
            tooltip=lambda row: row.state_reason,
            sort_key="state",
        ),
    ]


def _loan(today: Callable[[], date]) -> list[Column[LoanerRow]]:
    return [
        Column("member", mark("Borrower"), lambda row: row.member_name or "", 90, sort_key="member"),
        Column(
            "due",
            mark("Due back"),
            lambda row: due_words(row, today()),
            104,
            ColumnKind.DAY,
            tone=lambda row: due_tone(row, today()),
            tooltip=lambda row: day_text(row.due_on) if row.due_on else "",
            sort_key="due",
            value=lambda row: row.due_on,
        ),
        Column(
            "reminded",
            mark("Reminders"),
            ladder_words,
            110,
            tooltip=lambda row: day_text(row.reminded_at.date()) if row.reminded_at else "",
            shown=False,
        ),
        Column(
            "age",
            mark("Out for"),
            age_words,
            90,
            ColumnKind.NUMBER,
            sort_key="lent",
            value=lambda row: row.days_out if row.loan_id else None,
        ),
    ]


def _money() -> list[Column[LoanerRow]]:
    return [
        Column(
            "value",
            mark("Value"),
            lambda row: amount(row.value),
            80,
            ColumnKind.MONEY,
            sort_key="value",
            value=lambda row: row.value,
        ),
        Column(
            "deposit",
            mark("Deposit held"),
            lambda row: amount(row.deposit) if row.deposit else "",
            84,
            ColumnKind.MONEY,
            sort_key="deposit",
            value=lambda row: row.deposit,
            shown=False,
        ),
    ]


def _more() -> list[Column[LoanerRow]]:
    """Give the columns that a person can choose to see."""
    return [
        Column("ticket", mark("Ticket"), lambda row: row.ticket_number or "", 140, shown=False),
        Column("loan", mark("Loan"), lambda row: row.loan_number or "", 140, shown=False),
        Column("category", mark("Category"), lambda row: label(row.category), 80, shown=False),
        Column("brand", mark("Brand"), lambda row: row.brand, 80, shown=False),
        Column("colour", mark("Its colour"), lambda row: row.colour, 70, shown=False),
        Column("shelf", mark("Shelf"), lambda row: row.shelf, 60, sort_key="shelf", shown=False),
        Column(
            "looks",
            mark("Looks"),
            lambda row: gettext("{looks}/10").format(looks=row.looks),
            60,
            ColumnKind.NUMBER,
            value=lambda row: row.looks,
            shown=False,
        ),
    ]
