"""Callbacks (回访) to make and contacts that were made."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, Channel, ConsentPurpose, HoldReason
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText


class Callback(Versioned, Base):
    """One task to contact a member between ``due_from`` and ``due_until``.

    A retry moves ``due_from`` only; ``due_until`` stays the end of the window in which it was to be tried first.
    """

    __tablename__ = "callback"
    __table_args__ = (
        Index(None, "store_id", "state", "due_from"),
        Index(None, "store_id", "done_at"),
        Index(None, "member_id", "state"),
        Index(None, "ticket_id"),
        Index(None, "owner_id", "state", "due_from"),
    )

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[CallbackReason]
    state: Mapped[CallbackState] = mapped_column(default=CallbackState.DUE)
    channel: Mapped[Channel] = mapped_column(default=Channel.PHONE)
    due_from: Mapped[datetime]
    due_until: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    subject: Mapped[ShortText] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    # Which step of a plan with several steps (3-3-15 after a purchase) this is, from 0.
    step: Mapped[int] = mapped_column(SmallInteger, default=0)
    outcome: Mapped[CallOutcome | None]
    done_at: Mapped[datetime | None]
    hold_reason: Mapped[HoldReason | None]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("callback.id"))


class Contact(Base):
    """One contact that took place, by any channel; only ever added."""

    __tablename__ = "contact"
    __table_args__ = (Index(None, "member_id", "at"), Index(None, "callback_id"))

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    callback_id: Mapped[int | None] = mapped_column(ForeignKey("callback.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[Channel]
    outbound: Mapped[bool] = mapped_column(default=True)
    service_notice: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[CallOutcome | None]
    effective: Mapped[bool] = mapped_column(default=False)
    note: Mapped[LongText] = mapped_column(default="")


class Consent(Base):
    """One yes or no of a member to one purpose; the latest row per purpose is in force."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "member_id", "purpose"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    purpose: Mapped[ConsentPurpose]
    given: Mapped[bool]
    at: Mapped[datetime]
    how: Mapped[ShortText] = mapped_column(default="")
    wording: Mapped[Code] = mapped_column(default="")
    # The one way of contact that is meant; every way where it is empty.
    channel: Mapped[Channel | None]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
