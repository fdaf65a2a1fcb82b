"""Sentences for refusals about callbacks."""

from crmdesk.core.i18n import gettext
from crmdesk.services.call_start import CallDoneError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _call_done(_error: CallDoneError) -> Sentence:
    return Sentence(
        gettext("Somebody else has finished this callback already."),
        gettext("Go on with the next one."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {CallDoneError: _call_done}
