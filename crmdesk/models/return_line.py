"""The lines of a return or exchange."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.money import Money
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class ReturnLine(Versioned, Base):
    """One piece or lot that comes back; a refund never exceeds ``price_paid``."""

    __tablename__ = "return_line"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "purchase_line_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    purchase_line_id: Mapped[int | None] = mapped_column(ForeignKey("purchase_line.id"))
    name: Mapped[ShortText]
    quantity: Mapped[int] = mapped_column(default=1)
    price_paid: Mapped[Money]
    reason: Mapped[ReturnReason]
    condition: Mapped[GoodsCondition | None]
    # Why it was taken without a receipt, by whom; empty when there is one.
    no_receipt_reason: Mapped[ShortText] = mapped_column(default="")
    decision: Mapped[ReturnDecision | None]
    decision_note: Mapped[ShortText] = mapped_column(default="")
    refund: Mapped[Money] = mapped_column(default=Money(0))
    exchanged_for: Mapped[ShortText] = mapped_column(default="")
    refund_method: Mapped[Code] = mapped_column(default="")
    points_back: Mapped[int] = mapped_column(default=0)
    # Points the sale earned that were no longer there to be taken back.
    points_owed: Mapped[int] = mapped_column(default=0)
    # Points and stored value (fen) that paid for it and go back to the member.
    points_given_back: Mapped[int] = mapped_column(default=0)
    stored_given_back: Mapped[Money] = mapped_column(default=Money(0))
    # A gift that came with the purchase: returned, or taken off the refund at its value.
    gift: Mapped[ShortText] = mapped_column(default="")
    gift_back: Mapped[bool | None]
    gift_value: Mapped[Money] = mapped_column(default=Money(0))
    no_receipt_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # Sold at a distance (phone, internet), and when the goods arrived at the customer.
    distance_sale: Mapped[bool] = mapped_column(default=False)
    arrived_on: Mapped[date | None]
    # Price of the goods given in exchange; None when they cost the same.
    exchange_price: Mapped[Money | None]
    repair_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    executed_at: Mapped[datetime | None]

    @property
    def difference(self) -> Money:
        """What the customer pays for an exchange; negative goes back to the customer."""
        if self.decision is not ReturnDecision.EXCHANGE or self.exchange_price is None:
            return Money(0)
        return self.exchange_price - self.price_paid

    @property
    def money_back(self) -> Money:
        """What the customer gets back: the refund with its stored value, or the difference of an exchange."""
        return self.refund + Money(max(0, -self.difference.fen))
