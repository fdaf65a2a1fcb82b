"""Where a callback stands: what its outcome can lead to."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.call_follow import CallSituation
from crmdesk.core.care import CallbackReason, CareClass
from crmdesk.core.contact_rules import ContactLimits
from crmdesk.core.context import Context
from crmdesk.core.members import PhoneState
from crmdesk.core.purchase_plan import LAST_STEP, PurchasePlan, opens_at
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_care import (
    AFTER_PURCHASE_FIRST_DAYS,
    AFTER_PURCHASE_HOURS,
    AFTER_PURCHASE_SECOND_DAYS,
    CADENCE_IMPORTANT,
    CADENCE_KEY,
    CADENCE_ORDINARY,
)
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.purchase import Purchase
from crmdesk.queries.contact_facts import limits_of
from crmdesk.queries.settings import store_settings

_FROM_PURCHASE = frozenset({CallbackReason.AFTER_PURCHASE, CallbackReason.AGREED})


def situation(session: Session, callback: Callback, context: Context) -> CallSituation:
    """Give what the follow-up of ``callback`` depends on."""
    values, limits = store_settings(session, context.store.id), limits_of(session, context)
    phones = session.scalar(
        select(func.count(MemberPhone.id)).where(
            MemberPhone.member_id == callback.member_id, MemberPhone.state == PhoneState.ACTIVE
        )
    )
    care = session.scalar(select(Member.care_class).where(Member.id == callback.member_id)) or CareClass.ORDINARY
    return CallSituation(
        attempts=callback.attempts,
        zone=context.store.zone,
        limits=limits,
        next_step=_next_step(session, callback, context, (values, limits)),
        cadence_months=cadence(values)[care] if callback.reason is CallbackReason.CADENCE else None,
        other_phone=(phones or 0) > 1,
    )


def _next_step(
    session: Session, callback: Callback, context: Context, store: tuple[SettingValues, ContactLimits]
) -> datetime | None:
    if callback.purchase_id is None or callback.reason not in _FROM_PURCHASE or callback.step >= LAST_STEP:
        return None
    bought = session.scalar(select(Purchase.day).where(Purchase.id == callback.purchase_id))
    if bought is None:
        return None
    values, limits = store
    return opens_at(purchase_plan(values), callback.step + 1, bought, (context.now(), context.store.zone, limits))


def cadence(values: SettingValues) -> dict[CareClass, int]:
    """Give the months between contacts of each care class (C2)."""
    return {
        CareClass.KEY: values.get(CADENCE_KEY),
        CareClass.IMPORTANT: values.get(CADENCE_IMPORTANT),
        CareClass.ORDINARY: values.get(CADENCE_ORDINARY),
    }


def purchase_plan(values: SettingValues) -> PurchasePlan:
    """Give the store's waits after a purchase."""
    return PurchasePlan(
        values.get(AFTER_PURCHASE_HOURS),
        values.get(AFTER_PURCHASE_FIRST_DAYS),
        values.get(AFTER_PURCHASE_SECOND_DAYS),
    )
