"""Taking back purchases that an import brought: lines, planned calls, points, value."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.settings_store import POINTS_YEARS
from crmdesk.models.callback import Callback
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.queries.settings import store_settings
from crmdesk.services import intents, ledger
from crmdesk.services.imports_in_use import pointed_to
from crmdesk.services.imports_points import renew_values
from crmdesk.services.imports_undo_kept import Stays, in_use
from crmdesk.services.ledger import Post


def remove_purchases(session: Session, keys: Collection[int], context: Context) -> dict[int, Stays]:
    """Remove purchases; give those that stay because a ticket, a return or a call made belongs to them."""
    _forget_calls(session, keys)
    line_of = {
        row.id: row.purchase_id
        for row in session.execute(
            select(PurchaseLine.id, PurchaseLine.purchase_id).where(PurchaseLine.purchase_id.in_(keys))
        )
    }
    kept = pointed_to(session, "purchase", keys, {"purchase_line", "ledger_entry", "intent"})
    of_lines = pointed_to(session, "purchase_line", list(line_of), {"purchase_line"})
    kept |= {line_of[line]: table for line, table in of_lines.items()}
    kept |= dict.fromkeys(_brought_back(session, line_of, set(keys) - kept.keys()), "purchase")
    gone = [key for key in keys if key not in kept]
    rows = session.execute(
        select(Purchase.id, Purchase.member_id, Purchase.number, Purchase.store_id).where(Purchase.id.in_(gone))
    ).all()
    _take_points_back(session, {(row.member_id, row.number) for row in rows if row.member_id is not None}, context)
    ledger.forget_receipts(session, gone)
    intents.purchases_gone(session, gone)
    unsynchronised = {"synchronize_session": False}
    session.execute(delete(PurchaseLine).where(PurchaseLine.purchase_id.in_(gone)), execution_options=unsynchronised)
    session.execute(delete(Purchase).where(Purchase.id.in_(gone)), execution_options=unsynchronised)
    renew_values(session, sorted({row.member_id for row in rows if row.member_id is not None}), context)
    return {key: in_use(table) for key, table in kept.items()}


def _brought_back(session: Session, line_of: dict[int, int], going: set[int]) -> set[int]:
    """Give the receipts whose goods came back on a receipt that stays."""
    rows = session.execute(
        select(PurchaseLine.returns_line_id).where(
            PurchaseLine.returns_line_id.in_(list(line_of)), PurchaseLine.purchase_id.not_in(going)
        )
    )
    return {line_of[line] for line in rows.scalars() if line is not None}


def _forget_calls(session: Session, keys: Collection[int]) -> None:
    """Drop calls that were planned after these purchases and never tried."""
    untouched = (
        Callback.purchase_id.in_(keys),
        Callback.state == CallbackState.DUE,
        Callback.attempts == 0,
        Callback.previous_id.is_(None),
        Callback.version == 1,
    )
    session.execute(delete(Callback).where(*untouched), execution_options={"synchronize_session": False})


def _take_points_back(session: Session, receipts: set[tuple[int, str]], context: Context) -> None:
    """Take back what the receipts brought each member on the whole: a return among them gave points back itself."""
    posted = session.execute(
        select(LedgerEntry.member_id, LedgerEntry.paper_number, LedgerEntry.amount, LedgerEntry.owed).where(
            LedgerEntry.member_id.in_({member_id for member_id, _ in receipts}),
            LedgerEntry.paper_number.in_({number for _, number in receipts}),
            LedgerEntry.kind == LedgerKind.POINTS,
            LedgerEntry.reason.in_((LedgerReason.PURCHASE, LedgerReason.RETURN)),
        )
    )
    sums: Counter[int] = Counter()
    for member_id, number, amount, owed in posted:
        if (member_id, number) in receipts:
            sums[member_id] += amount - owed
    for member_id, amount in sums.items():
        claim = Post(member_id, LedgerKind.POINTS, LedgerReason.CORRECTION, abs(amount), note="import undone")
        if amount > 0:
            ledger.claw_back(session, claim, context)
        elif amount < 0:
            _give_back(session, claim, context)


def _give_back(session: Session, claim: Post, context: Context) -> None:
    """Strike off what is still owed; the rest is given as points, which end like those earned today."""
    rest = claim.amount - ledger.forgive(session, claim, context)
    years = store_settings(session, context.store.id).get(POINTS_YEARS)
    if rest:
        ends = date(context.today().year + years, 12, 31)
        ledger.post(session, replace(claim, amount=rest, expires_on=ends), context)
