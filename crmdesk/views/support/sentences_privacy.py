"""Sentences for refusals around consents and what is kept for how long."""

from crmdesk.core.consents import WordingInUseError
from crmdesk.core.i18n import gettext
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _in_use(error: WordingInUseError) -> Sentence:
    return Sentence(
        gettext("Version {code} is in use: customers agreed to these words.").format(code=error.code),
        gettext("Give the new words a version of their own."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {WordingInUseError: _in_use}
