"""Sentences for refusals about points and stored value."""

from crmdesk.core.i18n import gettext
from crmdesk.services.ledger_corrections import TakenBackError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _taken_back(error: TakenBackError) -> Sentence:
    return Sentence(
        gettext("The movement {number} cannot be taken back.").format(number=error.number),
        gettext("It was taken back before, or the program wrote it by itself. Give or use points instead."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {TakenBackError: _taken_back}
