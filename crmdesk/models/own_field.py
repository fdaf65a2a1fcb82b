"""Fields that a store adds to the member's file, and what stands in them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.member_words import FieldKind
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import FreeText, Key, ShortText


class OwnField(Versioned, Base):
    """One field of the store; ``choices`` is a JSON list of words, used by the kind ``choice`` only."""

    __tablename__ = "own_field"
    __table_args__ = (UniqueConstraint("store_id", "name"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    name: Mapped[ShortText]
    kind: Mapped[FieldKind] = mapped_column(default=FieldKind.TEXT)
    choices: Mapped[FreeText] = mapped_column(default="[]")
    private: Mapped[bool] = mapped_column(default=False)
    required: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)


class OwnValue(Base):
    """What a member's file says in an own field; ``words`` always, with the number or day beside it for comparing.

    ``number`` is in ten-thousandths; ``words`` of a picture is the sha256 of its file.
    """

    __tablename__ = "own_value"
    __table_args__ = (
        UniqueConstraint("member_id", "field_id"),
        Index(None, "field_id", "words"),
        Index(None, "field_id", "number"),
        Index(None, "field_id", "day"),
    )

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("own_field.id"))
    words: Mapped[str] = mapped_column(String(400))
    number: Mapped[int | None]
    day: Mapped[date | None]
