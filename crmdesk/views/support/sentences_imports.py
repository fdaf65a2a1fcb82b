"""Sentences for refusals about imports as a whole; those about rows and files are the import's own."""

from crmdesk.core.i18n import gettext
from crmdesk.exchange.field_labels import FIELD_LABELS
from crmdesk.services.imports_file import MappingMissesError
from crmdesk.services.imports_undo import AlreadyUndoneError, NoSuchImportError
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


SENTENCES: SentenceMap = {MappingMissesError: _misses, NoSuchImportError: _no_such, AlreadyUndoneError: _undone}
