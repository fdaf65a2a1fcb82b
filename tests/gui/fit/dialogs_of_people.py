"""Dialogs about the people around a member, visits to firms and own fields."""

from crmdesk.core.member_words import FieldKind, HouseholdKind, HouseholdRole
from crmdesk.core.roles import Role
from crmdesk.queries.own_fields import OwnFieldRow
from crmdesk.queries.people_around import HouseholdShown, people_around
from crmdesk.services.households import HouseholdFacts, MakeHousehold, make
from crmdesk.views.members.firm_visit_dialog import FirmVisitDialog
from crmdesk.views.members.people_dialogs import HouseholdDialog, JoinDialog, RelativeDialog, RoleDialog
from crmdesk.views.settings.own_fields_page import OwnFieldDialog, OwnFieldsPage
from tests.gui.fit.stage import LONG, Make, Stage, nothing


def _home(stage: Stage) -> HouseholdShown:
    facts = HouseholdFacts("欧阳娜娜丽莎贝塔", HouseholdKind.WORK_UNIT, "零售", LONG, LONG)
    stage.shop.do(make, MakeHousehold(facts, stage.member, HouseholdRole.OWNER), stage.context)
    with stage.shop.reading() as session:
        return people_around(session, stage.member, stage.shop.context(Role.MANAGER)).households[0]


def dialogs(stage: Stage) -> list[Make]:
    """Give the dialogs, ready to open."""
    page, desk, home = stage.page, stage.desk, _home(stage)
    fields = OwnFieldsPage(desk)
    fields.setParent(page)
    known = OwnFieldRow(
        1, 1, LONG[:120], FieldKind.CHOICE, ("a", "b"), private=True, required=True, active=True, used=7
    )

    def done() -> None:
        nothing(None)

    return [
        lambda: HouseholdDialog(page, desk, (stage.member, HouseholdKind.WORK_UNIT, home), done),
        lambda: HouseholdDialog(page, desk, (stage.member, HouseholdKind.HOUSEHOLD, None), done, name="周家"),
        lambda: JoinDialog(page, desk, home, done),
        lambda: RoleDialog(page, desk, (home, (stage.member, home.role)), done),
        lambda: RelativeDialog(page, desk, (stage.member, None), done),
        lambda: FirmVisitDialog(page, desk, (stage.member, LONG[:60]), done),
        lambda: OwnFieldDialog(fields, desk, known),
        lambda: OwnFieldDialog(fields, desk, None),
    ]
