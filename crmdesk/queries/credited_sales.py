"""Which callback a purchase is credited to (domain rule 3, Attribution)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import BigInteger, Select, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.figures import ATTRIBUTION_DAYS, credited
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.purchase import Purchase
from crmdesk.queries.figure_members import IS_SALE, in_days
from crmdesk.queries.period_calls import due_in
from crmdesk.queries.report_span import Span

_WITHIN = timedelta(days=ATTRIBUTION_DAYS)
# Days of a member's effective contacts, rising, with the callback that each belongs to.
_Contacts = dict[int, tuple[list[date], list[int | None]]]


def credited_sales(session: Session, span: Span) -> dict[int, int]:
    """Give what each callback of the period brought, in fen, by its key; those that brought nothing are left out.

    A purchase credits the latest effective contact of its member on its day or in the 14 days before, whatever that
    contact was made for; each purchase credits one contact.
    """
    of_period = select(Contact).join(Callback, Contact.callback_id == Callback.id).where(Contact.effective.is_(True))
    listed = of_period.where(*due_in(span))
    earliest, latest = session.execute(listed.with_only_columns(func.min(Contact.at), func.max(Contact.at))).one()
    opens, closes = span.day(earliest), span.day(latest)
    if opens is None or closes is None:
        return {}
    keys = set(session.scalars(listed.with_only_columns(Contact.callback_id)))
    members = listed.with_only_columns(Contact.member_id)
    contacts = _contacts(session, span, members, (earliest, latest + _WITHIN + timedelta(days=1)))
    brought: defaultdict[int, int] = defaultdict(int)
    for member_id, day, fen in session.execute(
        select(Purchase.member_id, Purchase.day, type_coerce(Purchase.net, BigInteger)).where(
            IS_SALE, in_days(opens, closes + _WITHIN), Purchase.member_id.in_(members)
        )
    ):
        key = _credited_to(contacts.get(member_id or 0), day)
        if key is not None and key in keys and fen:
            brought[key] += fen
    return dict(brought)


def _contacts(session: Session, span: Span, members: Select[int], between: tuple[datetime, datetime]) -> _Contacts:
    found: _Contacts = defaultdict(lambda: ([], []))
    for member_id, at, key in session.execute(
        select(Contact.member_id, Contact.at, Contact.callback_id)
        .where(Contact.effective.is_(True), Contact.member_id.in_(members), Contact.at.between(*between))
        .order_by(Contact.member_id, Contact.at, Contact.id)
    ):
        days, keys = found[member_id]
        days.append(span.day(at) or span.first)
        keys.append(key)
    return dict(found)


def _credited_to(contacts: tuple[Sequence[date], Sequence[int | None]] | None, day: date) -> int | None:
    if contacts is None:
        return None
    days, keys = contacts
    place = bisect_right(days, day) - 1
    return keys[place] if place >= 0 and credited(day, days[place]) else None
