"""Further addresses of a member; the one for letters stands on the member itself."""

from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.member_words import AddressUse
from crmdesk.db.base import Base
from crmdesk.db.types import Code, Key, ShortText


class MemberAddress(Base):
    """One place where a member is reached; open ends of its validity are empty."""

    __tablename__ = "member_address"
    __table_args__ = (Index(None, "member_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    use: Mapped[AddressUse] = mapped_column(default=AddressUse.HOME)
    recipient: Mapped[ShortText] = mapped_column(default="")
    region: Mapped[ShortText] = mapped_column(default="")
    line: Mapped[str] = mapped_column(String(240))
    postcode: Mapped[Code] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
