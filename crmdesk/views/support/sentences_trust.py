"""Sentences for refusals about staff, their rights, and the first start."""

from crmdesk.core.i18n import gettext
from crmdesk.services.signin import StoreExistsError
from crmdesk.services.staff import LastKeeperError, OwnersOnlyError, OwnRightsError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _last_keeper(_error: LastKeeperError) -> Sentence:
    return Sentence(
        gettext("After this, nobody could manage the staff any more."),
        gettext("First give another person the role of owner or administrator."),
        gettext("Nothing was changed."),
    )


def _own_rights(_error: OwnRightsError) -> Sentence:
    return Sentence(
        gettext("Nobody changes their own role, rights or limit."),
        gettext("Ask the owner or another administrator."),
        gettext("Nothing was changed."),
    )


def _owners_only(_error: OwnersOnlyError) -> Sentence:
    return Sentence(
        gettext("Only an owner may do this."),
        gettext("Ask the owner: it concerns an owner, or rights and limits that you do not have yourself."),
        gettext("Nothing was changed."),
    )


def _store_exists(_error: StoreExistsError) -> Sentence:
    return Sentence(
        gettext("There is a store here already."),
        gettext("Start the program again and sign in."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {
    LastKeeperError: _last_keeper,
    OwnRightsError: _own_rights,
    OwnersOnlyError: _owners_only,
    StoreExistsError: _store_exists,
}
