"""Staff members who sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class Staff(Versioned, Base):
    """A person who works here; ``secret`` is an argon2 hash of PIN or password, empty when none is set yet."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("store_id", "name"),)

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    name: Mapped[ShortText]
    role: Mapped[Role]
    secret: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    # Rights given to or taken from this person beside the role's, as "+right" and "-right" words.
    extra_rights: Mapped[str] = mapped_column(String(400), default="")
    approve_limit: Mapped[Money | None]
    phone: Mapped[Code] = mapped_column(default="")
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_signin_at: Mapped[datetime | None]
