"""The columns of the card list."""

from crmdesk.core.clock import day_in_zone
from crmdesk.core.i18n import mark
from crmdesk.core.labels import label
from crmdesk.queries.cards import CardRow
from crmdesk.views.members.wording import amount, card_look, tier_look
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text


def card_columns(zone: str) -> list[Column[CardRow]]:
    """Give the columns; days are those of the IANA ``zone``."""
    return [*_card_columns(), *_life_columns(zone)]


def _card_columns() -> list[Column[CardRow]]:
    return [
        Column("number", mark("Card number"), lambda row: row.number, 130, sort_key="number"),
        Column("member", mark("Member"), lambda row: row.member_name, 130, stretch=True),
        Column(
            "tier",
            mark("Level"),
            lambda row: label(row.tier),
            124,
            ColumnKind.STATUS,
            tone=lambda row: tier_look(row.tier)[0],
            icon=lambda row: tier_look(row.tier)[1],
        ),
        Column(
            "state",
            mark("State"),
            lambda row: label(row.state),
            110,
            ColumnKind.STATUS,
            tone=lambda row: card_look(row.state)[0],
            icon=lambda row: card_look(row.state)[1],
            tooltip=lambda row: row.state_reason,
        ),
    ]


def _life_columns(zone: str) -> list[Column[CardRow]]:
    return [
        Column(
            "issued",
            mark("Issued on"),
            lambda row: day_text(day_in_zone(row.issued_at, zone)),
            150,
            ColumnKind.DAY,
            sort_key="issued",
            value=lambda row: day_in_zone(row.issued_at, zone),
        ),
        Column(
            "valid",
            mark("Valid until"),
            lambda row: day_text(row.valid_until) if row.valid_until else "",
            150,
            ColumnKind.DAY,
            value=lambda row: row.valid_until,
        ),
        Column(
            "prints",
            mark("Prints"),
            lambda row: str(row.prints),
            70,
            ColumnKind.NUMBER,
            value=lambda row: row.prints,
        ),
        Column("next", mark("Replaced by"), lambda row: row.replaced_by or "", 130),
        Column("reason", mark("Reason"), lambda row: row.state_reason, 140),
        Column(
            "fee",
            mark("Fee"),
            lambda row: amount(row.fee) if row.fee else "",
            70,
            ColumnKind.MONEY,
            value=lambda row: row.fee,
            shown=False,
        ),
    ]
