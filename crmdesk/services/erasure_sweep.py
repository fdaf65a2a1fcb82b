"""After an erasure: files, index and log of the database are made clean too; done once, taken up again after a kill."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.db.content_store import ContentStore
from crmdesk.db.engine import Database
from crmdesk.db.erased_list import ErasedList
from crmdesk.models.access import Erasure
from crmdesk.models.condition import Photo
from crmdesk.models.judgement import JudgementPhoto
from crmdesk.models.own_field import OwnValue
from crmdesk.models.paper import Paper, PaperPrint
from crmdesk.services.search_rebuild import REST_SECONDS, compacting
from crmdesk.services.unit import perform

_NAMED: Final = {
    "photos": (Photo.sha256, JudgementPhoto.sha256, OwnValue.words),
    "papers": (Paper.sha256, PaperPrint.sha256),
}


@dataclass(frozen=True, slots=True)
class Stores:
    """Where the files lie that rows name, and the list that outlives a restore."""

    photos: ContentStore
    papers: ContentStore
    erased: ErasedList


def sweep(database: Database, stores: Stores, context: Context) -> int:
    """Take away what erasures left outside their rows; gives how many are clean now.

    Those that cannot be finished (somebody reads the log, a file is open) are taken up again at the next call.

    Raises:
        OSError: a file cannot be removed; what was done stays done.
    """
    with database.reading() as session:
        found = session.execute(_due()).all()
    if not found:
        return 0
    stores.erased.add(row.member_id for row in found)
    due = [(row.id, json.loads(row.files)) for row in found]
    for _key, files in due:
        for kind, names in files.items():
            store: ContentStore = getattr(stores, kind)
            for name in _not_needed(database, kind, names):
                store.remove(name)
    for step in compacting():  # short transactions: the index of a large store is hundreds of megabytes
        perform(database, context, step)
        time.sleep(REST_SECONDS)
    if not database.fold_log():
        return 0
    perform(database, context, partial(_mark, [key for key, _files in due]))
    # The names of the files were the last of it.
    database.fold_log()
    return len(due)


def _due() -> Select[int, int, str]:
    return select(Erasure.id, Erasure.member_id, Erasure.files).where(Erasure.swept_at.is_(None))


def _not_needed(database: Database, kind: str, names: Iterable[str]) -> list[str]:
    with database.reading() as session:
        return [
            name
            for name in names
            if not any(session.scalar(select(one).where(one == name).limit(1)) for one in _NAMED[kind])
        ]


def _mark(keys: list[int], session: Session, context: Context) -> Outcome[None]:
    for key in keys:
        made = session.get_one(Erasure, key)
        made.swept_at, made.files = context.now(), "{}"
    return Outcome(None)
