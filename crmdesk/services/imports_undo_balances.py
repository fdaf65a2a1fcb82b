"""Taking back balances that an import set: a counter entry each, unless the balance has moved since."""

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.models.import_run import ImportedRow
from crmdesk.services import ledger
from crmdesk.services.imports_undo_kept import Stays, changed
from crmdesk.services.ledger import Post


def restore_balances(session: Session, rows: Sequence[ImportedRow], context: Context) -> dict[int, Stays]:
    """Take back what rows (the last first) posted; give the members some of whose balances stay, and which."""
    stays: dict[int, list[str]] = {}
    for row in rows:
        for name, (amount, after) in json.loads(row.before)["ledger"].items():
            kind = LedgerKind(name)
            if ledger.balance(session, row.entity_id, kind) != after:
                stays.setdefault(row.entity_id, []).append(name)
            else:
                claim = Post(row.entity_id, kind, LedgerReason.CORRECTION, -amount, note="import undone")
                ledger.post(session, claim, context)
    return {member_id: changed(*names) for member_id, names in stays.items()}
