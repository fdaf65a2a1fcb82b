"""What can be done on a member's page: the primary step, the others, and why some are not possible."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.members import CardState
from crmdesk.core.roles import Right
from crmdesk.queries.member_page import MemberPage
from crmdesk.views.members.purchase_feature import ENTER

# Commands of other features; a step whose command nobody registered is greyed.
REPAIR, COMPLAINT, RETURN = "service.repair", "service.complaint", "service.return"


class Act(StrEnum):
    """Names of the steps, as the page carries them out."""

    TAKE_IN = "take_in"
    COMPLAINT = "complaint"
    RETURN = "return"
    CALL = "call"
    PURCHASE = "purchase"
    EDIT = "edit"
    LOOK = "look"
    CONSENTS = "consents"
    ISSUE_CARD = "issue_card"
    PRINT_CARD = "print_card"
    ALL_CARDS = "all_cards"
    MERGE = "merge"
    UNDO_MERGE = "undo_merge"
    COPY_DATA = "copy_data"
    ERASE = "erase"


COMMANDS = {Act.TAKE_IN: REPAIR, Act.COMPLAINT: COMPLAINT, Act.RETURN: RETURN, Act.PURCHASE: ENTER}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what the button says, its icon and shortcut; ``refusal`` greys it and says why."""

    act: Act
    label: str
    icon: str = ""
    keys: str = ""
    refusal: str = ""


def next_step(context: Context, known: Collection[str]) -> Step:
    """Give the primary step of a member's page: take something in."""
    return _offered(Step(Act.TAKE_IN, gettext("Take in a repair"), "wrench", "Ctrl+Enter"), context, known)


def side_steps(page: MemberPage, context: Context) -> list[Step]:
    """Give the steps beside it."""
    no_call = "" if page.calls else gettext("No call is due.")
    if page.do_not_contact and not page.tickets:
        no_call = gettext("The member does not want to be contacted.")
    edit = "" if context.may(Right.EDIT_MEMBERS) else gettext("Your role does not change members.")
    return [
        Step(Act.CALL, gettext("Call"), "phone-call", "", no_call),
        Step(Act.EDIT, gettext("Edit"), "pencil", "F2", edit),
    ]


def more_steps(page: MemberPage, context: Context, known: Collection[str]) -> list[Step]:
    """Give the steps of the menu; the impossible ones carry their reason."""
    in_use = any(card.state is CardState.ISSUED for card in page.cards)
    has = gettext("There is a card in use.") if in_use else ""
    has_none = "" if in_use else gettext("There is no card in use.")
    edit = "" if context.may(Right.EDIT_MEMBERS) else gettext("Your role does not change members.")
    export = (
        "" if context.may(Right.EXPORT) and context.may(Right.SEE_PRIVATE) else gettext("Your role does not export.")
    )
    erase = "" if context.may(Right.ERASE) else gettext("Your role does not erase people.")
    return [
        _offered(Step(Act.COMPLAINT, gettext("New complaint"), "message-square"), context, known),
        _offered(Step(Act.RETURN, gettext("New return"), "rotate-ccw"), context, known),
        _offered(Step(Act.PURCHASE, gettext("Enter a purchase…"), "shopping-bag"), context, known),
        _served(Step(Act.ISSUE_CARD, gettext("Issue a card…"), "credit-card", "", has), context),
        _served(Step(Act.PRINT_CARD, gettext("Print the card"), "printer", "Ctrl+P", has_none), context),
        Step(Act.CONSENTS, gettext("Consents…"), "shield-check", "", edit),
        Step(Act.ALL_CARDS, gettext("All cards of the store"), "list"),
        Step(Act.COPY_DATA, gettext("Copy of the data…"), "download", "", export),
        Step(Act.ERASE, gettext("Erase this person…"), "user-x", "", erase),
        *_merge_steps(page, context),
    ]


def _merge_steps(page: MemberPage, context: Context) -> list[Step]:
    """Give merging with another file, and taking the newest merge back while that is possible."""
    may = "" if context.may(Right.MERGE) else gettext("Only a manager or the owner merges files.")
    steps = [Step(Act.MERGE, gettext("Merge with another file…"), "users-round", "", may)]
    newest = next((one for one in page.merges if one.may_undo), None)
    if newest is not None:
        words = gettext("Take the merge with {number} back…").format(number=newest.gone_number)
        steps.append(Step(Act.UNDO_MERGE, words, "undo-2", "", may))
    return steps


def _offered(step: Step, context: Context, known: Collection[str]) -> Step:
    if not step.refusal and COMMANDS[step.act] not in known:
        return replace(step, refusal=gettext("Not available at this desk."))
    return _served(step, context)


def _served(step: Step, context: Context) -> Step:
    if step.refusal or context.may(Right.SERVE):
        return step
    return replace(step, refusal=gettext("Your role does not work at the desk."))
