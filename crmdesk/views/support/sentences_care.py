"""Sentences for refusals about callbacks."""

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.services.call_start import CallDoneError
from crmdesk.services.callbacks import HeldBackError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _held_back(error: HeldBackError) -> Sentence:
    return Sentence(
        gettext("Please do not contact this customer now: {reason}.").format(reason=label(error.reason)),
        gettext("The callback stays on the list and comes up again when it may be made."),
        gettext("Nothing was changed."),
    )


def _call_done(_error: CallDoneError) -> Sentence:
    return Sentence(
        gettext("Somebody else has finished this callback already."),
        gettext("Go on with the next one."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {HeldBackError: _held_back, CallDoneError: _call_done}
