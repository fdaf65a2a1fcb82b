"""What the recovery page says of each trouble, and which backups it offers."""

from datetime import datetime
from pathlib import Path
from typing import Final

from crmdesk.core.clock import Clock, local_time
from crmdesk.core.i18n import gettext
from crmdesk.core.trouble import (
    DamagedFileError,
    DiskFullError,
    FolderMissingError,
    FolderReadOnlyError,
    LockedByAnotherError,
    NetworkFolderError,
    NewerSchemaError,
    StorageTroubleError,
    StoreFileReadOnlyError,
    StoreFileUnreadableError,
    TruncatedFileError,
)
from crmdesk.db.backup_shelf import Backup, list_backups
from crmdesk.views.signin.recovery_page import BackupChoice, Trouble
from crmdesk.views.support import crash, errors
from crmdesk.views.support.days import day_text
from crmdesk.views.support.sentence import Sentence
from crmdesk.views.support.sentences_common import UNCHANGED
from crmdesk.views.support.sentences_trouble import SAFE

_OFFERED: Final = 30
_ZONE: Final = "Asia/Shanghai"  # the store cannot be asked for its own
_MEGABYTE: Final = 1_000_000
# Here the file itself is well: another one in its place would lose what was saved since the backup.
_KEEPS_FILE: Final = (
    DiskFullError,
    FolderMissingError,
    FolderReadOnlyError,
    LockedByAnotherError,
    NetworkFolderError,
    NewerSchemaError,
    StoreFileReadOnlyError,
    StoreFileUnreadableError,
)


def trouble_of(error: Exception, folder: Path) -> Trouble:
    """Give what the page says about `error`, met while opening `folder`."""
    sentence = errors.explain(error) or Sentence(gettext("The store could not be opened."))
    if isinstance(error, LockedByAnotherError) and error.since is not None:
        holder = gettext("It has run on {host} since {time} (process {pid}).").format(
            host=error.host, time=f"{local_time(error.since, _ZONE):%H:%M}", pid=error.pid
        )
        sentence = Sentence(sentence.title, f"{holder}\n{sentence.what_to_do}", sentence.safe)
    if sentence.safe in {"", gettext(SAFE)}:  # nobody has typed anything yet
        sentence = Sentence(sentence.title, sentence.what_to_do, gettext(UNCHANGED))
    return Trouble(
        sentence,
        details_of(error, folder),
        can_restore=isinstance(error, StorageTroubleError) and not isinstance(error, _KEEPS_FILE),
        can_rescue=isinstance(error, DamagedFileError | TruncatedFileError),
        can_retry=not isinstance(error, NewerSchemaError | NetworkFolderError),
    )


def choice_of_backup(folder: Path) -> Trouble:
    """Give what the page says when somebody wants an older state back."""
    sentence = Sentence(
        gettext("Restore a backup"),
        gettext("The store goes back to the moment of the backup; what was saved after it is missing then."),
        gettext("The present data is untouched until you choose; afterwards it is kept aside."),
    )
    return Trouble(sentence, str(folder), retry=gettext("Back to the store"), can_move=False)


def details_of(error: Exception, folder: Path) -> str:
    """Give what support needs: type, what the system said, versions, folder."""
    said = getattr(error, "detail", "") or (error.strerror if isinstance(error, OSError) else "")
    findings = error.findings[:20] if isinstance(error, DamagedFileError) else ()
    lines = [f"{type(error).__name__}: {said}", f"data folder: {folder}", *findings, "", crash.report(error)]
    return "\n".join(lines)


def offered(folder: Path, clock: Clock) -> list[BackupChoice]:
    """List the verified backups of a backup folder, newest first; reads their manifests."""
    found = [one for one in list_backups(folder) if one.verified][:_OFFERED]
    return [_choice(one, clock.now()) for one in found]


def _choice(backup: Backup, now: datetime) -> BackupChoice:
    at, today = local_time(backup.made_at, _ZONE), local_time(now, _ZONE).date()
    day = gettext("today") if at.date() == today else day_text(at.date(), today)
    rows = backup.contents.rows if backup.contents is not None else {}
    reason = _reason_words(backup.reason)
    detail = gettext("{members} members · {tickets} tickets · {size} MB").format(
        members=f"{rows.get('member', 0):,}",
        tickets=f"{rows.get('ticket', 0):,}",
        size=f"{backup.size / _MEGABYTE:,.1f}",
    )
    return BackupChoice(backup.path, " · ".join(filter(None, (f"{day} {at:%H:%M}", reason))), detail)


def _reason_words(reason: str) -> str:
    words = {
        "hourly": gettext("automatic"),
        "exit": gettext("when closing"),
        "manual": gettext("by hand"),
        "before-upgrade": gettext("before an update"),
        "before-import": gettext("before an import"),
    }
    return words.get(reason, reason)
