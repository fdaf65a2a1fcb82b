"""The register of papers: which were given out, every print, and the exact document of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarResult, Select, false, func, select, true
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.order import Order
from crmdesk.core.papers import PaperKind, PaperWay
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_code
from crmdesk.core.tickets import TellChannel
from crmdesk.db.paper_store import papers_of
from crmdesk.models.member import Member
from crmdesk.models.paper import Paper, PaperPrint
from crmdesk.models.staff import Staff
from crmdesk.queries.member_privacy import sees_people


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


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One time a paper left the program; ``reprint`` 0 is the first."""

    id: int
    at: datetime
    by: str
    way: PaperWay
    printer: str
    copies: int
    reprint: int


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """The newest paper under a number; ``prints`` counts those of all its versions."""

    id: int
    basis: str
    prints: int
    content: bytes | None


def ids(session: Session, chosen: PaperFilter, context: Context, order: Order | None = None) -> ScalarResult[int]:
    """Give the keys of the papers of a filter, newest first."""
    return session.scalars(_wanted(chosen, order).where(_hers(context)))


def first(session: Session, chosen: PaperFilter, context: Context, order: Order | None, limit: int) -> list[PaperRow]:
    """Give the first ``limit`` papers of a filter."""
    keys = session.scalars(_wanted(chosen, order).where(_hers(context)).limit(limit)).all()
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[PaperRow]:
    """Give the papers of ``keys``, in any order."""
    if not keys or not sees_people(context):
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
        NotFoundError: no such paper, or its file is gone or is not what was given out any more.
    """
    digest = session.scalar(select(Paper.sha256).where(Paper.id == paper_id))
    kept = papers_of(session).read(digest) if digest is not None else None
    if kept is None:
        raise NotFoundError(EntityKind.PAPER, str(paper_id))
    return kept


def prints(session: Session, paper_id: int) -> list[PrintRow]:
    """Give who printed a paper, when and where, the last first."""
    found = session.execute(
        select(
            PaperPrint.id,
            PaperPrint.at,
            Staff.name.label("by"),
            PaperPrint.way,
            PaperPrint.printer,
            PaperPrint.copies,
            PaperPrint.reprint,
        )
        .join(Staff, PaperPrint.staff_id == Staff.id)
        .where(PaperPrint.paper_id == paper_id)
        .order_by(PaperPrint.id.desc())
    )
    return [PrintRow(**line) for line in found.mappings()]


def newest(session: Session, kind: PaperKind, number: str) -> KeptPaper | None:
    """Give the newest paper of a kind under a number; None when none was given out."""
    same = (Paper.kind == kind, Paper.number == clean_code(number))
    row = session.execute(
        select(Paper.id, Paper.basis, Paper.sha256).where(*same).order_by(Paper.version.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    printed = session.scalar(select(func.sum(Paper.prints)).where(*same)) or 0
    return KeptPaper(row.id, row.basis, printed, papers_of(session).read(row.sha256))


def versions(session: Session, number: str) -> int:
    """Give how many versions of a numbered paper were given out."""
    return session.scalar(select(func.count()).select_from(Paper).where(Paper.number == number)) or 0


def _wanted(chosen: PaperFilter, order: Order | None) -> Select[Any]:
    found = select(Paper.id).where(*_conditions(chosen))
    if chosen.text:
        found = found.outerjoin(Member, Paper.member_id == Member.id)
    return found.order_by(Paper.id if _rising(order) else Paper.id.desc())


def _hers(context: Context) -> ColumnElement[bool]:
    """Papers are about customers: who has no business with them sees none."""
    return true() if sees_people(context) else false()


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
