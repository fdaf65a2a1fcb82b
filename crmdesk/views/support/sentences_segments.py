"""Sentences for conditions over members that cannot be taken."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.segments import MOST_CONDITIONS, SegmentError, SegmentTrouble
from crmdesk.views.support.sentence import Sentence, SentenceMap

_WORDS: dict[str, str] = {
    SegmentTrouble.NOT_READ: mark("This segment cannot be read any more."),
    SegmentTrouble.NEWER: mark("This segment was made by a newer version of the program."),
    SegmentTrouble.FIELD: mark("This segment asks for a field that is not there any more."),
    SegmentTrouble.COMPARED: mark("This field cannot be compared in that way."),
    SegmentTrouble.VALUE: mark("“{what}” cannot be compared with this field."),
    SegmentTrouble.GONE: mark("This segment asks for something that is not there any more. {what}"),
    SegmentTrouble.TOO_MANY: mark("There are more than {most} conditions."),
}
_ADVICE: dict[str, str] = {
    SegmentTrouble.NEWER: mark("Update the program on this computer."),
    SegmentTrouble.VALUE: mark("Type another value."),
    SegmentTrouble.TOO_MANY: mark("Take some away."),
}


def _segment(error: SegmentError) -> Sentence:
    advice = _ADVICE.get(error.trouble, mark("Choose the conditions again."))
    said = gettext(_WORDS[error.trouble]).format(what=error.what, most=MOST_CONDITIONS)
    return Sentence(said.strip(), gettext(advice))


SENTENCES: SentenceMap = {SegmentError: _segment}
