"""Sentences for files from outside that are not read; the words are those of the import itself."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.exchange.mapping import MappingError
from crmdesk.exchange.pictures import PictureRefusedError
from crmdesk.exchange.reasons import file_sentence, mapping_sentence
from crmdesk.exchange.troubles import FileRefusedError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _file(error: FileRefusedError) -> Sentence:
    return Sentence(file_sentence(error), "", gettext("Nothing was imported."))


def _mapping(error: MappingError) -> Sentence:
    return Sentence(mapping_sentence(error), "", gettext("Nothing was imported."))


_PICTURES: dict[str, str] = {
    "not_a_picture": mark("“{name}” is no picture that can be taken in (JPEG, PNG, BMP or WebP)."),
    "too_large": mark("The picture “{name}” is too large."),
    "damaged": mark("The picture “{name}” is damaged."),
    "empty": mark("The file “{name}” is empty."),
    "animated": mark("“{name}” moves; please choose a still picture."),
    "unreadable": mark("The file “{name}” cannot be read."),
}


def _picture(error: PictureRefusedError) -> Sentence:
    reason = _PICTURES.get(error.reason, _PICTURES["damaged"])
    return Sentence(
        gettext(reason).format(name=error.name),
        gettext("Choose another picture, or take it again."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {FileRefusedError: _file, MappingError: _mapping, PictureRefusedError: _picture}
