"""Taking back cards that an import brought, and what it did to those on file."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.members import CardState, CardTier
from crmdesk.models.card import Card
from crmdesk.models.import_run import ImportedRow
from crmdesk.services.imports_in_use import pointed_to
from crmdesk.services.imports_undo_kept import Stays, changed, in_use

_READ: Final[dict[str, Any]] = {"state": CardState, "tier": CardTier, "valid_until": date.fromisoformat}


def remove_cards(session: Session, versions: Mapping[int, int]) -> dict[int, Stays]:
    """Remove cards, given with the version that the import left; give those that stay, and why."""
    if not versions:
        return {}
    rows = session.execute(select(Card.id, Card.version, Card.prints).where(Card.id.in_(list(versions)))).all()
    stays = {row.id: changed() for row in rows if row.version != versions[row.id] or row.prints}
    stays |= {key: in_use(table) for key, table in pointed_to(session, "card", list(versions), ()).items()}
    gone = [key for key in versions if key not in stays]
    session.execute(delete(Card).where(Card.id.in_(gone)), execution_options={"synchronize_session": False})
    return stays


def restore_cards(session: Session, rows: Sequence[ImportedRow]) -> dict[int, Stays]:
    """Take back field by field what rows (the last first) changed; give the cards of which something stays."""
    stays: dict[int, Stays] = {}
    for row in rows:
        card = session.get(Card, row.entity_id)
        if card is None:
            continue
        before = json.loads(row.before)
        edited = [name for name, new in before["new"].items() if str(getattr(card, name)) != new]
        for name, old in before["columns"].items():
            if name not in edited:
                setattr(card, name, None if old is None else _READ[name](old))
        if edited:
            stays[card.id] = changed(*edited)
        session.flush()
    return stays
