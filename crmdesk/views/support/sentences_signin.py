"""Sentences for the start of the program: no store there yet."""

from crmdesk.core.i18n import gettext
from crmdesk.core.trouble import NoStoreError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _no_store(error: NoStoreError) -> Sentence:
    return Sentence(
        gettext("No store was begun in {path} yet.").format(path=error.path),
        gettext("Start the program without a command, or name another folder with --data."),
    )


SENTENCES: SentenceMap = {NoStoreError: _no_store}
