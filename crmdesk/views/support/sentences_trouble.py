"""Sentences for troubles of the computer: disk, folders, files, locks, backups."""

from collections.abc import Callable

from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.core.file_trouble import (
    FileInUseError,
    FileNotWrittenError,
    FileTroubleError,
    FolderNotThereError,
    FolderNotWritableError,
)
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.printer_trouble import PrinterMissingError, PrinterRefusedError, PrinterTroubleError
from crmdesk.core.trouble import (
    BackupFailedError,
    BackupRefusedError,
    DamagedFileError,
    DiskFullError,
    FolderMissingError,
    FolderReadOnlyError,
    KeyNeededError,
    LockedByAnotherError,
    NetworkFolderError,
    NewerSchemaError,
    NotAStoreFileError,
    NotEncryptedError,
    StorageTroubleError,
    StoreFileMissingError,
    StoreFileReadOnlyError,
    StoreFileUnreadableError,
    TruncatedFileError,
    WrongKeyError,
)
from crmdesk.views.support.sentence import Sentence, SentenceMap

SAFE = mark("What was saved before is safe; what you typed is still in the form.")
UNTOUCHED = mark("Nothing was written to the file.")

# title, what to do, what is safe
_TEXTS: dict[type[EnvironmentTroubleError], tuple[str, str, str]] = {
    EnvironmentTroubleError: (
        mark("The computer did not do what was asked."),
        mark("Check the disk, the network and the printer, and try again."),
        SAFE,
    ),
    StorageTroubleError: (
        mark("The store's data cannot be reached."),
        mark("Check the folder {path} and try again."),
        SAFE,
    ),
    FolderMissingError: (
        mark("The data folder is not there."),
        mark("Connect the disk that holds {path}, or choose the folder again."),
        UNTOUCHED,
    ),
    FolderReadOnlyError: (
        mark("Nothing can be written into the data folder."),
        mark("Allow this Windows user to write into {path}, and try again."),
        SAFE,
    ),
    NetworkFolderError: (
        mark("The data folder lies on another computer."),
        mark("Move it to a disk of this computer; for several computers use a server. Folder: {path}"),
        UNTOUCHED,
    ),
    StoreFileMissingError: (
        mark("The store's file is missing."),
        mark("Put {path} back, or restore a backup. No new empty store is made in its place."),
        "",
    ),
    StoreFileReadOnlyError: (
        mark("The store's file cannot be written."),
        mark("Take away the write protection of {path}, and try again."),
        SAFE,
    ),
    StoreFileUnreadableError: (
        mark("The store's file cannot be read."),
        mark("Allow this Windows user to read {path}, and try again."),
        UNTOUCHED,
    ),
    NotAStoreFileError: (
        mark("This file is not a store."),
        mark("Choose another file, or restore a backup. File: {path}"),
        UNTOUCHED,
    ),
    WrongKeyError: (mark("The key does not open the store's file."), mark("Type the key again."), UNTOUCHED),
    KeyNeededError: (mark("The store's file is encrypted."), mark("Type its key to open it."), UNTOUCHED),
    NotEncryptedError: (
        mark("The store's file is not encrypted, but it should be."),
        mark("It may have been exchanged. Restore a backup, or ask whoever set up the program."),
        UNTOUCHED,
    ),
    TruncatedFileError: (
        mark("A part of the store's file is missing."),
        mark("Restore the newest backup; keep {path} for a rescue."),
        UNTOUCHED,
    ),
    DamagedFileError: (
        mark("The store's file is damaged."),
        mark("Restore the newest backup; keep {path} for a rescue."),
        UNTOUCHED,
    ),
    NewerSchemaError: (
        mark("A newer version of the program has written this store."),
        mark("Update the program on this computer."),
        UNTOUCHED,
    ),
    LockedByAnotherError: (
        mark("Another program is using the store's data."),
        mark("Close the other window or program, and try again."),
        SAFE,
    ),
    DiskFullError: (
        mark("The disk is full."),
        mark("Free some space on the disk of {path}, and try again."),
        SAFE,
    ),
    BackupFailedError: (
        mark("The backup did not pass its check and was thrown away."),
        mark("Check the disk of {path}, and make a backup again."),
        mark("Older backups are untouched."),
    ),
    BackupRefusedError: (
        mark("This backup cannot be restored."),
        mark("Choose another one. File: {path}"),
        mark("The present data is untouched."),
    ),
    FileTroubleError: (
        mark("The file cannot be written."),
        mark("Check {path}, and try again."),
        "",
    ),
    FileInUseError: (
        mark("The file is open in another program."),
        mark("Close {path} there (usually Excel), and try again."),
        "",
    ),
    FolderNotThereError: (mark("The folder is not there."), mark("Choose another folder than {path}."), ""),
    FolderNotWritableError: (
        mark("Nothing may be written into this folder."),
        mark("Choose another folder than {path}."),
        "",
    ),
    FileNotWrittenError: (
        mark("The file could not be written."),
        mark("Check {path}, and try again or choose another folder."),
        "",
    ),
    PrinterTroubleError: (
        mark("The paper could not be printed."),
        mark("Check the printer {path}, and print again."),
        mark("The paper itself is kept."),
    ),
    PrinterMissingError: (
        mark("The printer is not there."),
        mark("Choose another printer, or switch {path} on."),
        mark("The paper itself is kept."),
    ),
    PrinterRefusedError: (
        mark("The printer did not take the paper."),
        mark("Check paper, ink and cable of {path}, and print again."),
        mark("The paper itself is kept."),
    ),
}


def _explainer(texts: tuple[str, str, str]) -> Callable[[EnvironmentTroubleError], Sentence]:
    def explain(error: EnvironmentTroubleError) -> Sentence:
        title, what_to_do, safe = (gettext(text) for text in texts)
        return Sentence(title, what_to_do.format(path=error.path), safe)

    return explain


def _system(error: OSError) -> Sentence:
    path = error.filename or ""
    return Sentence(
        gettext("The computer did not do what was asked."),
        f"{error.strerror or ''} {path}".strip(),
        gettext(SAFE),
    )


SENTENCES: SentenceMap = {kind: _explainer(texts) for kind, texts in _TEXTS.items()} | {OSError: _system}
