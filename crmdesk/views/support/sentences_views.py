"""Sentences for refusals about kept views of a list."""

from crmdesk.core.i18n import gettext
from crmdesk.services.saved_views import TooManyViewsError, ViewExistsError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _exists(error: ViewExistsError) -> Sentence:
    return Sentence(
        gettext("There is a view called “{name}” already.").format(name=error.name),
        gettext("Take another name, or change that view."),
        gettext("Nothing was changed."),
    )


def _too_many(error: TooManyViewsError) -> Sentence:
    return Sentence(
        gettext("There are {most} kept views already.").format(most=error.most),
        gettext("Drop one that nobody uses, then keep this one."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {ViewExistsError: _exists, TooManyViewsError: _too_many}
