"""Sentences for refusals about what members wanted and did not buy."""

from crmdesk.core.i18n import gettext
from crmdesk.core.intent_errors import WishEndedError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _ended(error: WishEndedError) -> Sentence:
    return Sentence(
        gettext("“{what}” is closed already.").format(what=error.what),
        gettext("Open it again first if it is still wanted."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {WishEndedError: _ended}
