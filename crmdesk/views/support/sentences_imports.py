"""Sentences for refusals about imports as a whole; those about rows and files are the import's own."""

from crmdesk.core.i18n import gettext
from crmdesk.exchange.field_labels import FIELD_LABELS
from crmdesk.services.import_sources import FolderTooLongError, SourceNameError
from crmdesk.services.imports_errors import (
    AlreadyUndoneError,
    FileChangedError,
    ImportElsewhereError,
    NoSuchImportError,
    NothingToGoOnError,
)
from crmdesk.services.imports_file import MappingMissesError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _misses(error: MappingMissesError) -> Sentence:
    fields = gettext(" or ").join(gettext(FIELD_LABELS[field]) for field in sorted(error.fields))
    return Sentence(
        gettext("No column of the file goes to: {fields}.").format(fields=fields),
        gettext("Choose the column, or write it into the mapping file."),
        gettext("Nothing was imported."),
    )


def _no_such(error: NoSuchImportError) -> Sentence:
    return Sentence(
        gettext("There is no import with the key {key}.").format(key=error.run_id),
        gettext("Look it up in the list of imports."),
        gettext("Nothing was changed."),
    )


def _undone(error: AlreadyUndoneError) -> Sentence:
    return Sentence(
        gettext("The import of “{file}” was undone before.").format(file=error.file_name),
        "",
        gettext("Nothing was changed."),
    )


def _finished(error: NothingToGoOnError) -> Sentence:
    return Sentence(
        gettext("The import of “{file}” is finished or was undone.").format(file=error.file_name),
        "",
        gettext("Nothing was changed."),
    )


def _changed(error: FileChangedError) -> Sentence:
    return Sentence(
        gettext("“{file}” is not the file any more with which the import began.").format(file=error.file_name),
        gettext("Choose the file as it was, or take the import back and begin anew."),
        gettext("Nothing was changed."),
    )


def _elsewhere(error: ImportElsewhereError) -> Sentence:
    return Sentence(
        gettext("The desk “{desk}” is at work on this import.").format(desk=error.desk),
        gettext("Wait until it is done, or stop it there."),
        gettext("What is in stays in."),
    )


def _source_name(error: SourceNameError) -> Sentence:
    if not error.name:
        return Sentence(gettext("The source needs a name."), "", gettext("Nothing was changed."))
    return Sentence(
        gettext("Another source is called “{name}”; it brings lists of another kind.").format(name=error.name),
        gettext("Give it another name."),
        gettext("Nothing was changed."),
    )


def _folder(_error: FolderTooLongError) -> Sentence:
    return Sentence(
        gettext("The path of the folder is too long."),
        gettext("Give the folder a drive letter or choose one nearer to the top."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {
    SourceNameError: _source_name,
    FolderTooLongError: _folder,
    MappingMissesError: _misses,
    NoSuchImportError: _no_such,
    AlreadyUndoneError: _undone,
    NothingToGoOnError: _finished,
    FileChangedError: _changed,
    ImportElsewhereError: _elsewhere,
}
