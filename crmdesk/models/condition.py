"""Condition sheets (外观检查) with their damage marks, and photos kept by content."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crmdesk.core.tickets import Gate
from crmdesk.db.base import Base
from crmdesk.db.types import Code, Key, LongText, ShortText


class ConditionSheet(Base):
    """What an item or loaner looked like at one gate; ``shape`` names the drawing."""

    __tablename__ = "condition_sheet"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "loan_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    gate: Mapped[Gate]
    shape: Mapped[Code]
    made_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[LongText] = mapped_column(default="")

    marks: Mapped[list["DamageMark"]] = relationship(cascade="all, delete-orphan", order_by="DamageMark.ordinal")


class DamageMark(Base):
    """One numbered mark; ``x`` and ``y`` are ten-thousandths of the drawing's width and height."""

    __tablename__ = "damage_mark"
    __table_args__ = (Index(None, "sheet_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("condition_sheet.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    x: Mapped[int]
    y: Mapped[int]
    code: Mapped[Code] = mapped_column(default="")
    note: Mapped[ShortText] = mapped_column(default="")


class Photo(Base):
    """A picture kept as a file named by its hash; the row says what it belongs to."""

    __tablename__ = "photo"
    __table_args__ = (
        Index(None, "ticket_id"),
        Index(None, "loaner_id"),
        Index(None, "loan_id"),
        Index(None, "member_id"),
    )

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loaner_id: Mapped[int | None] = mapped_column(ForeignKey("loaner.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    gate: Mapped[Gate] = mapped_column(default=Gate.INTAKE)
    sha256: Mapped[str] = mapped_column(String(64))
    caption: Mapped[ShortText] = mapped_column(default="")
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    taken_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
