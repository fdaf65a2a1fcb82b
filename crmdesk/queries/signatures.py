"""Signatures made on screen, for papers and pages."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.paper_facts.signature import SignatureFacts
from crmdesk.core.strokes import from_text
from crmdesk.models.hand_over import Signature
from crmdesk.models.judgement import Approval


def of_ticket(session: Session, ticket_id: int, purpose: SignPurpose, context: Context) -> SignatureFacts | None:
    """Give the newest signature for a purpose on a ticket; None when nobody signed on screen."""
    return _newest(session, select(Signature).where(Signature.ticket_id == ticket_id), purpose, context)


def of_loan(session: Session, loan_id: int, purpose: SignPurpose, context: Context) -> SignatureFacts | None:
    """Give the newest signature for a purpose on a loan; None when nobody signed on screen."""
    return _newest(session, select(Signature).where(Signature.loan_id == loan_id), purpose, context)


def of_quote(session: Session, quote_id: int, context: Context) -> SignatureFacts | None:
    """Give the signature with which the customer agreed to a quote; None when it was given another way."""
    agreed = select(Approval.signature_id).where(Approval.quote_id == quote_id, Approval.agreed)
    found = session.scalars(select(Signature).where(Signature.id.in_(agreed)).limit(1)).one_or_none()
    return _facts(found, context)


def _newest(
    session: Session, wanted: Select[Signature], purpose: SignPurpose, context: Context
) -> SignatureFacts | None:
    newest = wanted.where(Signature.purpose == purpose).order_by(Signature.id.desc()).limit(1)
    return _facts(session.scalars(newest).one_or_none(), context)


def _facts(found: Signature | None, context: Context) -> SignatureFacts | None:
    if found is None:
        return None
    return SignatureFacts(found.person, local_time(found.at, context.store.zone), from_text(found.strokes))
