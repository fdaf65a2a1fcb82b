"""Noting what a row did to a record, so that the import can be taken back."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.ids import new_id
from crmdesk.core.refs import EntityKind
from crmdesk.db.rows import append
from crmdesk.models.import_run import ImportedRow


class Noting:
    """Notes rows of one import."""

    def __init__(self, session: Session, context: Context, run_id: int) -> None:
        """Take the import."""
        self._session = session
        self._context = context
        self._run_id = run_id

    def note(self, row: int, ref: tuple[EntityKind, int], version: int, before: Mapping[str, Any] | None) -> None:
        """Note a record that a row made (``before`` None) or changed, with its version right after."""
        values = {
            "id": new_id(),
            "store_id": self._context.store.id,
            "run_id": self._run_id,
            "row": row,
            "entity_kind": ref[0].value,
            "entity_id": ref[1],
            "version": version,
            "before": "" if before is None else json.dumps(dict(before), ensure_ascii=False, default=str),
        }
        append(self._session, ImportedRow, values)
