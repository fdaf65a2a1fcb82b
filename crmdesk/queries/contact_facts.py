"""What the contact rules look at: a member's contacts, consent and phones, and the store's limits."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Label, ScalarSelect, String, case, cast, exists, func, select
from sqlalchemy.orm import Session

from crmdesk.core.care import BY_NUMBER, Channel, ConsentPurpose, HoldReason
from crmdesk.core.consents import Word, in_force
from crmdesk.core.contact_rules import ContactFacts, ContactLimits, hold_reason
from crmdesk.core.context import Context
from crmdesk.core.members import PhoneState
from crmdesk.core.settings_care import CAP_MONTH, CAP_WEEK, CONTACT_FROM, CONTACT_UNTIL, RETRY_HOURS
from crmdesk.models.callback import Consent, Contact
from crmdesk.models.member import Member, MemberPhone
from crmdesk.queries.settings import store_settings

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


def limits_of(session: Session, context: Context) -> ContactLimits:
    """Give the store's caps, hours and retries."""
    settings = store_settings(session, context.store.id)
    return ContactLimits(
        settings.get(CAP_WEEK),
        settings.get(CAP_MONTH),
        settings.get(CONTACT_FROM),
        settings.get(CONTACT_UNTIL),
        tuple(timedelta(hours=hours) for hours in settings.get(RETRY_HOURS)),
    )


def facts_of(session: Session, member_id: int, context: Context, channel: Channel = Channel.PHONE) -> ContactFacts:
    """Give what the contact rules look at for one member.

    Raises:
        NoResultFound: no such member.
    """
    row = session.execute(select(*fact_columns(context.now())).where(Member.id == member_id)).mappings().one()
    return facts_in(row, channel)


def fact_columns(now: datetime) -> list[Label[Any]]:
    """Give the columns that `facts_in` reads, for a select from `Member`."""
    return [
        _outbound_since(now - _WEEK).label("contacts_week"),
        _outbound_since(now - _MONTH).label("contacts_month"),
        has_phone().label("has_phone"),
        _words_on_callbacks().label("consent"),
        Member.do_not_contact.label("do_not_contact"),
    ]


def facts_in(row: Mapping[Any, Any], channel: Channel) -> ContactFacts:
    """Read a row that holds `fact_columns`."""
    return ContactFacts(
        week=row["contacts_week"],
        month=row["contacts_month"],
        has_phone=channel not in BY_NUMBER or bool(row["has_phone"]),
        do_not_contact=row["do_not_contact"],
        # Files from before consents were kept carry no row; a refusal always does.
        consent=in_force(_said(row["consent"]), channel) is not False,
    )


def held(row: Mapping[Any, Any], limits: ContactLimits) -> HoldReason | None:
    """Say why the callback of a row (``reason``, ``channel`` and `fact_columns`) is held back."""
    return hold_reason(row["reason"], facts_in(row, row["channel"]), limits)


def has_phone() -> ColumnElement[bool]:
    """Tell whether a member has a phone that works."""
    return exists().where(MemberPhone.member_id == Member.id, MemberPhone.state == PhoneState.ACTIVE).correlate(Member)


def latest_consent() -> ScalarSelect[bool]:
    """Give the word in force on callbacks by every way; NULL when none was ever given."""
    return (
        select(Consent.given)
        .where(
            Consent.member_id == Member.id,
            Consent.purpose == ConsentPurpose.CALLBACKS,
            Consent.channel.is_(None),
        )
        .order_by(Consent.id.desc())
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )


def _words_on_callbacks() -> ScalarSelect[str]:
    """Give every word on callbacks as ``key:way:answer`` in one text."""
    given = case((Consent.given.is_(True), "1"), else_="0")
    way = func.coalesce(cast(Consent.channel, String), "")
    word = cast(Consent.id, String) + ":" + way + ":" + given
    return (
        select(func.aggregate_strings(word, ";"))
        .where(Consent.member_id == Member.id, Consent.purpose == ConsentPurpose.CALLBACKS)
        .correlate(Member)
        .scalar_subquery()
    )


def _said(words: str | None) -> list[Word]:
    rows = [one.split(":") for one in words.split(";")] if words else []
    return [
        (Channel(way) if way else None, given == "1") for _key, way, given in sorted(rows, key=lambda row: int(row[0]))
    ]


def _outbound_since(since: datetime) -> ScalarSelect[int]:
    return (
        select(func.count(Contact.id))
        .where(
            Contact.member_id == Member.id,
            Contact.at > since,
            Contact.outbound.is_(True),
            Contact.service_notice.is_(False),
        )
        .correlate(Member)
        .scalar_subquery()
    )
