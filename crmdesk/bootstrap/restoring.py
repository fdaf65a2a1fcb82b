"""Bringing a backup back and writing down that it was done."""

from crmdesk.core.clock import Clock
from crmdesk.core.context import Context
from crmdesk.core.i18n import current_language
from crmdesk.db.backup import adopt
from crmdesk.db.backup_shelf import Backup
from crmdesk.db.data_dir import DataDir
from crmdesk.db.erased_list import ErasedList
from crmdesk.db.health import check_folder
from crmdesk.db.instance import InstanceLock
from crmdesk.db.restore import Restored, restore
from crmdesk.migrations.revisions import REVISIONS
from crmdesk.services.command_actor import command_actor
from crmdesk.services.erasure import erase_again
from crmdesk.services.maintenance import note_restored
from crmdesk.services.opening import open_store
from crmdesk.services.unit import perform


def restore_into(data: DataDir, backup: Backup, clock: Clock) -> Restored:
    """Put ``backup`` in place of the database of ``data``, alone in the folder; the old file is kept aside.

    Raises:
        BackupRefusedError: it is not whole, or newer than this program.
        LockedByAnotherError: another program holds the folder.
        StorageTroubleError: other troubles with folder or disk.
    """
    check_folder(data)
    lock = InstanceLock.take(data, clock)
    try:
        # One that was copied by hand has no manifest: it is looked through first.
        whole = backup if backup.manifest.is_file() else adopt(backup.path, None, clock)
        done = restore(data, whole, clock, known_revisions=REVISIONS)
        _write_down(data, done, clock)
    finally:
        lock.release()
    return done


def _write_down(data: DataDir, done: Restored, clock: Clock) -> None:
    opened = open_store(data, clock, thorough=False)
    try:
        if opened.store is None:
            return
        with opened.database.reading() as session:
            actor = command_actor(session, opened.store.id)
        context = Context(clock, actor, opened.store, "restore", current_language())
        perform(opened.database, context, lambda session, here: note_restored(session, done.backup.path.name, here))
        # Whoever was erased since that backup was made is erased in it too.
        erased = ErasedList(data.erased).keys()
        if erased:
            perform(opened.database, context, lambda session, here: erase_again(session, erased, here))
    finally:
        opened.database.dispose()
