"""A member's key by what a person or a script has at hand."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.text_clean import clean_code
from crmdesk.models.card import Card
from crmdesk.models.member import Member
from crmdesk.queries.merged import kept_key

_LARGEST_KEY = 2**63 - 1


def member_key(session: Session, wanted: str) -> int | None:
    """Give the key of the member with this member number, card number or key; None when there is nobody.

    A file that was merged leads to the one that stayed.
    """
    code = clean_code(wanted)
    for statement in (
        select(Member.id).where(Member.number == code),
        select(Card.member_id).where(Card.number == code),
    ):
        found = session.scalar(statement)
        if found is not None:
            return kept_key(session, found)
    if code.isascii() and code.isdecimal() and int(code) <= _LARGEST_KEY:
        found = session.scalar(select(Member.id).where(Member.id == int(code)))
        return None if found is None else kept_key(session, found)
    return None
