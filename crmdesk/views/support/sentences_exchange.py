"""Sentences for files from outside that are not read; the words are those of the import itself."""

from crmdesk.core.i18n import gettext
from crmdesk.exchange.mapping import MappingError
from crmdesk.exchange.reasons import file_sentence, mapping_sentence
from crmdesk.exchange.troubles import FileRefusedError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _file(error: FileRefusedError) -> Sentence:
    return Sentence(file_sentence(error), "", gettext("Nothing was imported."))


def _mapping(error: MappingError) -> Sentence:
    return Sentence(mapping_sentence(error), "", gettext("Nothing was imported."))


SENTENCES: SentenceMap = {FileRefusedError: _file, MappingError: _mapping}
