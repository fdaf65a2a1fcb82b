"""The register of papers: which were given out, and the exact document of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.order import Order
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import TellChannel
from crmdesk.models.member import Member
from crmdesk.models.paper import Paper
from crmdesk.models.staff import Staff


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the register."""

    id: int
    kind: PaperKind
    number: str
    version: int
    language: str
    title: str
    ticket_id: int | None
    loan_id: int | None
    member_id: int | None
    member_name: str
    made_at: datetime
    made_by: str
    sent_at: datetime | None
    sent_channel: TellChannel | None
    prints: int


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """Which papers a list shows; ``text`` is a part of number, title or name."""

    kind: PaperKind | None = None
    ticket_id: int | None = None
    member_id: int | None = None
    text: str = ""


def ids(session: Session, chosen: PaperFilter, context: Context, order: Order | None = None) -> list[int]:
    """Give the keys of the papers of a filter, newest first."""
    del context
    found = select(Paper.id).outerjoin(Member, Paper.member_id == Member.id).where(*_conditions(chosen))
    return list(session.scalars(found.order_by(Paper.id if _rising(order) else Paper.id.desc())))


def first(session: Session, chosen: PaperFilter, context: Context, order: Order | None, limit: int) -> list[PaperRow]:
    """Give the first ``limit`` papers of a filter."""
    keys = ids(session, chosen, context, order)[:limit]
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[PaperRow]:
    """Give the papers of ``keys``, in any order."""
    del context
    if not keys:
        return []
    found = session.execute(
        select(
            Paper.id,
            Paper.kind,
            Paper.number,
            Paper.version,
            Paper.language,
            Paper.title,
            Paper.ticket_id,
            Paper.loan_id,
            Paper.member_id,
            func.coalesce(Member.name, "").label("member_name"),
            Paper.made_at,
            Staff.name.label("made_by"),
            Paper.sent_at,
            Paper.sent_channel,
            Paper.prints,
        )
        .join(Staff, Paper.made_by_id == Staff.id)
        .outerjoin(Member, Paper.member_id == Member.id)
        .where(Paper.id.in_(keys))
    )
    return [PaperRow(**line) for line in found.mappings()]


def content(session: Session, paper_id: int) -> bytes:
    """Give the document exactly as it was given out.

    Raises:
        NotFoundError: no such paper.
    """
    kept = session.scalar(select(Paper.content).where(Paper.id == paper_id))
    if kept is None:
        raise NotFoundError(EntityKind.PAPER, str(paper_id))
    return kept


def versions(session: Session, number: str) -> int:
    """Give how many versions of a numbered paper were given out."""
    return session.scalar(select(func.count()).select_from(Paper).where(Paper.number == number)) or 0


def _rising(order: Order | None) -> bool:
    return order is not None and order.key == "made" and not order.descending


def _conditions(chosen: PaperFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.kind is not None:
        found.append(Paper.kind == chosen.kind)
    if chosen.ticket_id is not None:
        found.append(Paper.ticket_id == chosen.ticket_id)
    if chosen.member_id is not None:
        found.append(Paper.member_id == chosen.member_id)
    if chosen.text:
        found.append(
            Paper.number.contains(chosen.text, autoescape=True)
            | Paper.title.contains(chosen.text, autoescape=True)
            | Member.name.contains(chosen.text, autoescape=True)
        )
    return found
