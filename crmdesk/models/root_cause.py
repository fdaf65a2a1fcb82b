"""The second level of the root-cause tree, which the owner edits."""

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.tickets import RootCause
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class CauseNode(Versioned, Base):
    """One cause below a category; with ``code`` equal to the category it gives the category another name."""

    __tablename__ = "cause_node"
    __table_args__ = (UniqueConstraint("store_id", "code"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    category: Mapped[RootCause]
    code: Mapped[Code]
    name: Mapped[ShortText]
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    active: Mapped[bool] = mapped_column(default=True)
    # Where it stands among the causes of its category, when somebody said so; else behind those that have a place.
    place: Mapped[int | None] = mapped_column(SmallInteger)
