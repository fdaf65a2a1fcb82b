"""Callbacks of a test store."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, CareClass
from crmdesk.core.context import Context
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.services import callback_plan
from crmdesk.services.callback_plan import PlanCallback
from crmdesk.services.callbacks import CallLogged, LogCall, log_call
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from tests.builders.shop import Shop, staff_id

MANAGER = staff_id(Role.MANAGER)
CLERK = staff_id(Role.CLERK)
GUIDE = staff_id(Role.GUIDE)


def add_customer(shop: Shop, name: str = "周敏", *phones: str, **facts: object) -> int:
    """Register a member with a phone."""
    numbers = tuple(normalise(phone) for phone in phones or ("13805712345",))
    plain = MemberFacts(name=name, phones=numbers, gender=Gender.FEMALE, guide_id=GUIDE, share_phones=True)
    return shop.do(register, replace(plain, **facts), shop.context(Role.MANAGER)).id  # type: ignore[arg-type]


def call_for(shop: Shop, member_id: int, reason: CallbackReason = CallbackReason.CADENCE, **wanted: object) -> int:
    """Put a callback on the list that is due now."""
    now = shop.clock.now()
    plain = PlanCallback(member_id, reason, now - timedelta(hours=1), now + timedelta(days=1), owner_id=GUIDE)
    asked = replace(plain, **wanted)  # type: ignore[arg-type]
    context = shop.context(Role.MANAGER)
    return shop.do(lambda session, ctx: Outcome(callback_plan.plan(session, asked, ctx).id), context)


def buy(shop: Shop, member_id: int, number: str = "X-1", name: str = "羊绒大衣 驼色 M", days_ago: int = 0) -> int:
    """Record a purchase of one piece."""
    bought = PurchaseFacts(
        number=number,
        day=shop.context().today() - timedelta(days=days_ago),
        lines=(LineFacts(name=name, amount=Money.yuan(2980)),),
        member_id=member_id,
        guide_id=GUIDE,
    )
    return shop.do(record, bought, shop.context()).id


def log(shop: Shop, callback_id: int, outcome: CallOutcome, role: Role = Role.MANAGER, **more: object) -> CallLogged:
    """Log what came of a call, as seen now."""
    request = replace(LogCall(callback_id, get(shop, callback_id).version, outcome), **more)  # type: ignore[arg-type]
    return shop.do(log_call, request, shop.context(role))


def get(shop: Shop, callback_id: int) -> Callback:
    """Read a callback."""
    with shop.reading() as session:
        found = session.get_one(Callback, callback_id)
        session.expunge(found)
        return found


def of_member(shop: Shop, member_id: int, state: CallbackState = CallbackState.DUE) -> list[Callback]:
    """Read a member's callbacks in a state, in the order in which they were made."""
    with shop.reading() as session:
        found = select(Callback).where(Callback.member_id == member_id, Callback.state == state)
        callbacks = list(session.scalars(found.order_by(Callback.id)))
        session.expunge_all()
        return callbacks


def spoke(shop: Shop, member_id: int, days_ago: int, care: CareClass = CareClass.ORDINARY) -> None:
    """Let the last effective contact lie so many days back."""

    def write(session: Session, _context: Context) -> Outcome[None]:
        member = session.get_one(Member, member_id)
        member.last_contact_at = shop.clock.now() - timedelta(days=days_ago)
        member.care_class = care
        return Outcome(None)

    shop.do(write, shop.context(Role.MANAGER))
