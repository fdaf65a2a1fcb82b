"""A loaner (备用品): a shop-owned item that stands in for the customer's own."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.errors import IllegalMoveError, ReasonMissingError
from crmdesk.core.loaners import REASON_NEEDED, TRANSITIONS, LoanerState, SizeClass
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class Loaner(Versioned, Base):
    """One spare item; ``deposit`` is asked from an ordinary member, levels may pay less."""

    __tablename__ = "loaner"
    __table_args__ = (UniqueConstraint("store_id", "code"), Index(None, "store_id", "state"))

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    code: Mapped[Code]
    category: Mapped[ItemCategory]
    size_class: Mapped[SizeClass] = mapped_column(default=SizeClass.ONE_SIZE)
    name: Mapped[ShortText]
    brand: Mapped[Code] = mapped_column(default="")
    colour: Mapped[Code] = mapped_column(default="")
    size: Mapped[Code] = mapped_column(default="")
    serial: Mapped[Code] = mapped_column(default="")
    # What belongs to it and is lent along, as a clerk would say it.
    accessories: Mapped[ShortText] = mapped_column(default="")
    value: Mapped[Money]
    deposit: Mapped[Money] = mapped_column(default=Money(0))
    state: Mapped[LoanerState] = mapped_column(default=LoanerState.ON_SHELF)
    state_reason: Mapped[ShortText] = mapped_column(default="")
    shelf: Mapped[Code] = mapped_column(default="")
    # Looks in tenths of new (外观 9 成 is 9).
    looks: Mapped[int] = mapped_column(default=10)
    cleaned_on: Mapped[date | None]
    bought_on: Mapped[date | None]
    # When it was last scanned in a count of the shelf.
    counted_on: Mapped[date | None]

    def move(self, wanted: LoanerState, reason: str = "") -> None:
        """Go to ``wanted``.

        Raises:
            IllegalMoveError: the table has no such step.
            ReasonMissingError: the step needs a written reason.
        """
        if wanted not in TRANSITIONS[self.state]:
            raise IllegalMoveError(EntityKind.LOANER, self.code, self.state, wanted)
        if wanted in REASON_NEEDED and not reason.strip():
            raise ReasonMissingError(wanted)
        self.state = wanted
        self.state_reason = reason.strip()
