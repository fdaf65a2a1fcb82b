"""Dialogs about many members at once, consents and wordings."""

from crmdesk.core.care import HoldReason
from crmdesk.queries.call_list import CallListPlan, HeldRow
from crmdesk.queries.member_mail import mail_plan
from crmdesk.queries.staff import colleagues
from crmdesk.views.members.call_list_dialog import CallListDialog
from crmdesk.views.members.consent_evidence import EvidenceDialog
from crmdesk.views.members.mail_dialogs import LabelsDialog, LettersDialog
from crmdesk.views.settings.wordings_page import WordingDialog
from tests.gui.fit.stage import LONG, Make, Stage

NAME = "欧阳娜娜丽莎贝塔"


def dialogs(stage: Stage) -> list[Make]:
    """Give them ready to open."""
    page, desk = stage.page, stage.desk
    keys = tuple(range(stage.member, stage.member + 40))
    held = tuple(HeldRow(key, f"M01{key}", NAME, HoldReason.CAP_MONTH) for key in keys)
    plan = CallListPlan(tuple((key, None) for key in keys), held)
    with stage.shop.reading() as session:
        people = colleagues(session, stage.context)
        mail = mail_plan(session, [stage.member], stage.context, "zh_CN")
    return [
        lambda: CallListDialog(page, desk, keys, (plan, people), LONG[:60]),
        lambda: EvidenceDialog(page, desk, (stage.member, NAME)),
        lambda: LabelsDialog(page, desk, mail),
        lambda: LettersDialog(page, desk, mail),
        lambda: WordingDialog(page, desk),
    ]
