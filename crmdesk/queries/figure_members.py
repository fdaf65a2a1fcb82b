"""Who counts as a member in figures, and which receipts are sales: one definition for all of them."""

from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select

from crmdesk.core.members import MemberState
from crmdesk.core.money import Money
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase

# A receipt with a negative amount is a return (core.figures.rfm); it is no visit.
IS_SALE: ColumnElement[bool] = Purchase.net >= Money(0)
_NO_FILE = [state for state in MemberState if state is not MemberState.ACTIVE]


def no_members() -> Select[int]:
    """Give the keys of those who have no member file: walk-in contacts, merged and erased files.

    They are few and found by an index, so that sums over all receipts need not look at every member.
    """
    return select(Member.id).where(Member.state.in_(_NO_FILE))


def on_file(day: date) -> ColumnElement[bool]:
    """Say that a member was on file on ``day``: joined by then, or bought by then before the file was made."""
    bought = exists().where(Purchase.member_id == Member.id, Purchase.day <= day).correlate(Member)
    return (Member.state == MemberState.ACTIVE) & or_(Member.joined_on <= day, bought)


def in_days(first: date, last: date) -> ColumnElement[bool]:
    """Say that a receipt is of a period, both days included."""
    return Purchase.day.between(first, last)
