"""Every dialog of the program, ready to be opened over a page of a store in which everything has happened."""

from crmdesk.core.roles import Role
from crmdesk.queries import cards, member_files, staff
from crmdesk.queries.clock_settings import calendar_year
from crmdesk.services.cards import IssueCard, issue
from crmdesk.views.care.give_dialog import GiveDialog, callers
from crmdesk.views.members.card_dialogs import IssueDialog, ReplaceDialog
from crmdesk.views.members.compare_dialog import CompareDialog, Difference
from crmdesk.views.members.consent_dialog import ConsentDialog
from crmdesk.views.members.member_form import MemberForm
from crmdesk.views.settings.calendar_dialog import DaysDialog
from crmdesk.views.settings.causes_page import CauseDialog, CausesPage
from crmdesk.views.settings.clock_dialog import ClockDialog
from crmdesk.views.settings.goods_page import FieldDialog
from crmdesk.views.settings.shelves_page import ShelfDialog
from crmdesk.views.settings.staff_dialogs import PinDialog, StaffDialog
from crmdesk.views.signin import pin_dialog
from crmdesk.views.support.dialogs import Verb, ask
from crmdesk.views.support.prompts import ask_amount, ask_reason
from tests.gui.fit import (
    dialogs_of_batches,
    dialogs_of_cases,
    dialogs_of_loaners,
    dialogs_of_mail,
    dialogs_of_members,
    dialogs_of_people,
    dialogs_of_repairs,
)
from tests.gui.fit.stage import LONG, Make, Stage, nothing


def every_dialog(stage: Stage) -> list[Make]:
    """Give every dialog, ready to open."""
    return [
        *dialogs_of_repairs.dialogs(stage),
        *dialogs_of_batches.dialogs(stage),
        *dialogs_of_cases.dialogs(stage),
        *dialogs_of_loaners.dialogs(stage),
        *dialogs_of_mail.dialogs(stage),
        *_members(stage),
        *dialogs_of_people.dialogs(stage),
        *dialogs_of_members.dialogs(stage),
        *_settings(stage),
        *_questions(stage),
    ]


def _members(stage: Stage) -> list[Make]:
    page, desk = stage.page, stage.desk
    stage.shop.do(issue, IssueCard(stage.member, None), stage.context)
    with stage.shop.reading() as session:
        known = member_files.member_file(session, stage.member, stage.context)
        card = cards.of_member(session, stage.member)[0]
        people = callers(session, stage.context)
    who = (stage.member, "欧阳娜娜丽莎贝塔")
    differ = [Difference(str(place), "Notes", LONG, LONG[::-1], both=True, take_theirs=False) for place in range(14)]
    return [
        lambda: MemberForm(page, desk, known),
        lambda: IssueDialog(page, desk, who, nothing),
        lambda: ReplaceDialog(page, desk, card, nothing),
        lambda: ConsentDialog(page, desk, (*who, {}), lambda: None),
        lambda: CompareDialog(page, differ, nothing),
        lambda: GiveDialog(page, desk, (1, 2), people),
    ]


def _settings(stage: Stage) -> list[Make]:
    page, desk = stage.page, stage.desk
    with stage.shop.reading() as session:
        person = staff.staff_list(session, stage.shop.context(Role.OWNER))[0]
        rest = calendar_year(session, 2026, stage.context).days[0]
    causes = CausesPage(desk)
    causes.setParent(page)
    return [
        lambda: StaffDialog(page, desk, person),
        lambda: PinDialog(page, desk, person),
        lambda: FieldDialog(page, desk),
        lambda: ShelfDialog(page, desk),
        lambda: ClockDialog(page, desk),
        lambda: DaysDialog(page, desk, (rest.day, rest.day, rest), 0),
        lambda: CauseDialog(causes, desk, None),
    ]


def _questions(stage: Stage) -> list[Make]:
    page = stage.page
    verbs = [Verb("Leave it as it was before"), Verb("Take the newer one of both"), Verb("Compare them")]
    return [
        lambda: pin_dialog.PinDialog(page, lambda _old, _new: None, has_old=True),
        lambda: ask(page, "Somebody else has changed this meanwhile", LONG, verbs),
        lambda: ask_reason(page, "Why?", "Cancel it", nothing, text=LONG, usual=["a", "b"]),
        lambda: ask_amount(page, "How much?", "Take it", nothing),
    ]
