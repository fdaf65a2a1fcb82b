"""The notice texts that customers agree to, by purpose and version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.care import Channel, ConsentPurpose
from crmdesk.core.consents import BUILT_IN_WORDING
from crmdesk.core.context import Context
from crmdesk.models.access import ConsentWording
from crmdesk.models.callback import Consent
from crmdesk.models.staff import Staff


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One version of the words on a purpose; ``used`` counts the answers that were given to it."""

    id: int
    purpose: ConsentPurpose
    code: str
    since: date
    words: Mapping[str, str]
    used: int
    current: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The evidence of one answer."""

    id: int
    at: datetime
    purpose: ConsentPurpose
    channel: Channel | None
    given: bool
    how: str
    wording: str
    staff: str


def current_wording(session: Session, purpose: ConsentPurpose, context: Context) -> str:
    """Give the version that is shown today; the program's own before the store has one."""
    found = session.scalar(
        select(ConsentWording.code)
        .where(
            ConsentWording.store_id == context.store.id,
            ConsentWording.purpose == purpose,
            ConsentWording.since <= context.today(),
        )
        .order_by(ConsentWording.since.desc(), ConsentWording.id.desc())
        .limit(1)
    )
    return found or BUILT_IN_WORDING


def wordings(session: Session, context: Context) -> list[WordingRow]:
    """Give every version of the store, the newest of each purpose first."""
    used = {
        (row.purpose, row.wording): int(row.answers)
        for row in session.execute(
            select(Consent.purpose, Consent.wording, func.count().label("answers"))
            .where(Consent.store_id == context.store.id)
            .group_by(Consent.purpose, Consent.wording)
        )
    }
    found: dict[tuple[ConsentPurpose, str], list[ConsentWording]] = {}
    asked = select(ConsentWording).where(ConsentWording.store_id == context.store.id)
    for one in session.scalars(asked.order_by(ConsentWording.since.desc(), ConsentWording.id.desc())):
        found.setdefault((one.purpose, one.code), []).append(one)
    shown = {purpose: current_wording(session, purpose, context) for purpose in ConsentPurpose}
    rows = [
        WordingRow(
            min(one.id for one in versions),
            purpose,
            code,
            versions[0].since,
            {one.language: one.words for one in versions},
            used.get((purpose, code), 0),
            shown[purpose] == code,
        )
        for (purpose, code), versions in found.items()
    ]
    order = list(ConsentPurpose)
    return sorted(rows, key=lambda row: order.index(row.purpose))


def evidence(session: Session, member_id: int, _context: Context) -> list[ConsentRow]:
    """Give every answer of a member, the newest first: day, way, version of the words, who noted it."""
    rows = session.execute(
        select(Consent, Staff.name)
        .join(Staff, Staff.id == Consent.staff_id)
        .where(Consent.member_id == member_id)
        .order_by(Consent.id.desc())
    )
    return [
        ConsentRow(one.id, one.at, one.purpose, one.channel, one.given, one.how, one.wording, name)
        for one, name in rows
    ]
