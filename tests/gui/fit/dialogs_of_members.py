"""Dialogs about a member's account, level, purchases and wishes; of segments, erasing and walk-ins."""

from functools import partial

from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.segments import Group
from crmdesk.queries import erasure, member_ledger
from crmdesk.queries.level_case import Moving, RuleEffect, level_case
from crmdesk.queries.member_ledger import LedgerFilter
from crmdesk.queries.purchase_case import purchase_case
from crmdesk.services.ledger_desk import TopUp, top_up
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from crmdesk.services.segments import KeepSegment
from crmdesk.views.members import account_dialogs as account
from crmdesk.views.members import purchase_dialogs as purchase
from crmdesk.views.members.erase_dialog import EraseDialog
from crmdesk.views.members.intent_dialog import IntentDialog
from crmdesk.views.members.level_dialog import LevelDialog
from crmdesk.views.members.segment_dialogs import KeepDialog
from crmdesk.views.members.statement_dialog import StatementDialog
from crmdesk.views.settings.levels_page import EffectDialog
from crmdesk.views.today.walk_in_dialog import WalkInDialog
from tests.gui.fit.stage import LONG, Make, Stage, nothing

NAME = "欧阳娜娜丽莎贝塔"
MOVES = (account.TopUpDialog, account.SpendDialog, account.GiveDialog, account.RefundDialog)
WORDS = ("积分与储值", "Carry it out", LONG)


def dialogs(stage: Stage) -> list[Make]:
    """Give them ready to open."""
    return [*_account(stage), *_purchases(stage), *_others(stage)]


def _account(stage: Stage) -> list[Make]:
    page, desk, context = stage.page, stage.desk, stage.context
    stage.shop.do(top_up, TopUp(stage.member, Money.yuan(500), Money.yuan(50)), context)
    with stage.shop.reading() as session:
        now = member_ledger.standing(session, stage.member, context)
        who = account.Account(stage.member, NAME, now, member_ledger.approvers(session, context))
        line = member_ledger.lines(session, LedgerFilter(stage.member), context)[0]
        case = level_case(session, stage.member, context)
    return [
        *(partial(_move, stage, one, who) for one in MOVES),
        lambda: account.TakeBackDialog(page, desk, who, line),
        lambda: LevelDialog(page, desk, case, nothing),
        lambda: StatementDialog(page, desk, (stage.member, NAME)),
    ]


def _move(stage: Stage, kind: type[account.MoveDialog], who: account.Account) -> account.MoveDialog:
    return kind(stage.page, stage.desk, who, WORDS)


def _purchases(stage: Stage) -> list[Make]:
    page, desk = stage.page, stage.desk
    coat = PurchaseFacts("S-7", stage.context.today(), (LineFacts("羊毛大衣 驼色", Money.yuan(400)),), stage.member)
    made = stage.shop.do(record, coat, stage.context)
    with stage.shop.reading() as session:
        sale = purchase_case(session, made.id, stage.context)
    return [
        lambda: purchase.PurchaseDialog(page, desk, nothing),
        lambda: purchase.PurchaseDialog(page, desk, nothing, wrong=sale),
        lambda: purchase.TakeBackDialog(page, desk, nothing, sale),
        lambda: IntentDialog(page, desk, (stage.member, NAME), lambda: None),
    ]


def _others(stage: Stage) -> list[Make]:
    page, desk = stage.page, stage.desk
    with stage.shop.reading() as session:
        plan = erasure.erase_plan(session, stage.member, stage.context)
    moving = tuple(Moving(key, f"M01{key}", NAME, CardTier.GOLD, CardTier.SILVER, 100) for key in range(40))
    effect = RuleEffect(0, 40, {(CardTier.GOLD, CardTier.SILVER): 40}, moving)
    return [
        lambda: EraseDialog(page, desk, plan),
        lambda: KeepDialog(page, desk, KeepSegment("", Group()), nothing, may_share=True),
        lambda: EffectDialog(page, desk, effect, lambda: None),
        lambda: WalkInDialog(page, desk, stage.context.today(), nothing),
    ]
