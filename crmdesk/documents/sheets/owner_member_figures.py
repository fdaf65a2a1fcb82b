"""The figures of the owner's summary that are about members."""

from typing import Final

from crmdesk.core import figures
from crmdesk.core.i18n import mark
from crmdesk.core.workbook_facts import CellKind, OutsideCounts
from crmdesk.documents.sheets.owner_figures import SECTIONS_HEAD, Figure

_INTEGER, _PERCENT = CellKind.INTEGER, CellKind.PERCENT


def _ratio(part: int | None, whole: int | None) -> float | None:
    return None if part is None or whole is None else figures.ratio(part, whole)


def _loss(outside: OutsideCounts) -> float | None:
    blocked, deleted, start = outside.followers_blocked, outside.followers_deleted, outside.followers_at_start
    if blocked is None or deleted is None or start is None:
        return None
    return figures.follower_loss(blocked, deleted, start)


MEMBERS: Final = (
    Figure(
        "members",
        mark("Members"),
        _INTEGER,
        "COUNTA(members_number)",
        lambda c: c.all.members,
        mark("Member files on the day of counting."),
    ),
    Figure(
        "new_members",
        mark("New member files"),
        _INTEGER,
        'COUNTIFS(members_joined,">="&period_first,members_joined,"<="&period_as_of)',
        lambda c: c.all.new_members,
        mark("Member files opened in the period."),
    ),
    Figure(
        "buyers",
        mark("Members who bought"),
        _INTEGER,
        'COUNTIF(members_purchase_days,">0")',
        lambda c: c.all.buyers,
        mark("Members with at least one purchase in the period."),
    ),
    Figure(
        "repeat",
        mark("Repeat rate"),
        _PERCENT,
        'COUNTIF(members_purchase_days,">1")/COUNTIF(members_purchase_days,">0")',
        lambda c: figures.ratio(c.all.repeated, c.all.buyers),
        mark("Members with at least two purchase days in the period ÷ buyers in the period."),
    ),
    Figure(
        "twice",
        mark("Two purchases in a month"),
        _PERCENT,
        "SUM(months_twice)/SUM(months_buyers)",
        lambda c: c.months.share,
        mark("Members with at least two purchase days in a calendar month ÷ buyers of that month, over all months."),
        figures.MARK_TWICE_IN_A_MONTH,
    ),
    Figure(
        "lost",
        mark("Lost members"),
        _PERCENT,
        "COUNTIF(members_lost,{yes})/COUNT(members_last_purchase)",
        lambda c: figures.ratio(c.all.lost, c.all.ever_bought),
        mark("No purchase in 365 days ÷ members who have ever bought."),
    ),
    Figure("walk_ins", mark("Walk-ins counted"), _INTEGER, "", lambda c: c.outside.walk_ins, mark("People counted.")),
    Figure(
        "file_rate",
        mark("File rate"),
        _PERCENT,
        "figure_new_members/figure_walk_ins",
        lambda c: _ratio(c.all.new_members, c.outside.walk_ins),
        mark("New member files ÷ walk-ins counted."),
        figures.MARK_FILE_RATE,
    ),
    Figure(
        "new_contacts",
        mark("New WeChat contacts"),
        _INTEGER,
        "",
        lambda c: c.outside.new_contacts,
        mark("WeChat contacts added in the period."),
    ),
    Figure(
        "add_rate",
        mark("WeChat add rate"),
        _PERCENT,
        "figure_new_contacts/figure_walk_ins",
        lambda c: _ratio(c.outside.new_contacts, c.outside.walk_ins),
        mark("New WeChat contacts ÷ walk-ins counted."),
        figures.MARK_ADD_RATE,
    ),
    Figure(
        "birthday_recall",
        mark("Birthday recall"),
        _PERCENT,
        "",
        lambda c: _ratio(c.outside.birthday_bought, c.outside.birthday_reached),
        mark("Birthday members who bought in their birthday month ÷ birthday members reached."),
        figures.MARK_BIRTHDAY_RECALL,
    ),
    Figure(
        "follower_loss",
        mark("Follower loss"),
        _PERCENT,
        "",
        lambda c: _loss(c.outside),
        mark("Blocked and deleted ÷ active at the start; 10–15 % is ordinary."),
        figures.MARK_FOLLOWER_LOSS,
    ),
)

SECTIONS: Final = (*SECTIONS_HEAD, (mark("Members"), MEMBERS))
