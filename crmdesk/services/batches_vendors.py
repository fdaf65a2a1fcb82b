"""Repairers outside the house: added and changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import VendorTakenError
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.models.batch import Vendor
from crmdesk.services import audit
from crmdesk.services.batches_steps import CHANGED, require_desk

_CODE, _LINE = 40, 120


@dataclass(frozen=True, slots=True)
class VendorFacts:
    """A repairer; ``work`` says what they take, ``active`` False keeps them out of new batches."""

    name: str
    contact: str = ""
    phone: str = ""
    address: str = ""
    work: str = ""
    active: bool = True


def add(session: Session, facts: VendorFacts, context: Context) -> Outcome[int]:
    """Add a repairer and give their key.

    Raises:
        InvalidFieldError: no name.
        VendorTakenError: there is one of this name.
    """
    require_desk(context)
    vendor = Vendor(store_id=context.store.id, name="")
    _write(session, vendor, facts, context)
    session.add(vendor)
    session.flush()
    audit.record(session, context, "vendor.add", (EntityKind.STORE, context.store.id), {"vendor": vendor.name})
    return Outcome(vendor.id, CHANGED)


def edit(session: Session, vendor_id: int, seen_version: int, facts: VendorFacts, context: Context) -> Outcome[int]:
    """Change a repairer.

    Raises:
        NotFoundError: there is none.
        StaleError: somebody changed them since.
        InvalidFieldError: no name.
        VendorTakenError: another one has this name.
    """
    require_desk(context)
    vendor = session.get(Vendor, vendor_id)
    if vendor is None or vendor.store_id != context.store.id:
        raise NotFoundError(EntityKind.BATCH, str(vendor_id))
    if vendor.version != seen_version:
        raise StaleError(EntityKind.BATCH, vendor_id, seen_version, vendor.version)
    _write(session, vendor, facts, context)
    audit.record(session, context, "vendor.edit", (EntityKind.STORE, context.store.id), {"vendor": vendor.name})
    return Outcome(vendor.id, CHANGED)


def _write(session: Session, vendor: Vendor, facts: VendorFacts, context: Context) -> None:
    name = clean_line(facts.name)[:_LINE]
    if not name:
        raise InvalidFieldError("name", "empty")
    taken = select(Vendor.id).where(Vendor.store_id == context.store.id, Vendor.name == name)
    with session.no_autoflush:
        other = session.scalar(taken)
    if other is not None and other != vendor.id:
        raise VendorTakenError(name)
    vendor.name = name
    vendor.contact = clean_line(facts.contact)[:_LINE]
    vendor.phone = clean_code(facts.phone)[:_CODE]
    vendor.address = clean_line(facts.address)[:_LINE]
    vendor.work = clean_line(facts.work)[:_LINE]
    vendor.active = facts.active
