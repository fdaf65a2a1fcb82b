"""The columns of the member list."""

from collections.abc import Callable
from datetime import date

from crmdesk.core.care import CareClass
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.member_rows import MemberRow
from crmdesk.views.members.value_words import CYCLES
from crmdesk.views.members.wording import (
    amount,
    birthday_words,
    care_look,
    last_seen_words,
    short_day,
    tier_look,
)
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text


def member_columns(today: Callable[[], date]) -> list[Column[MemberRow]]:
    """Give the columns; ``today`` gives the store's day."""
    return [*_person_columns(), *_value_columns(today), *_score_columns(today), *_more_columns(today)]


def _person_columns() -> list[Column[MemberRow]]:
    return [
        Column("number", mark("Member number"), lambda row: row.number, 114, sort_key="number"),
        Column("name", mark("Name"), lambda row: row.name, 110, sort_key="name", stretch=True),
        Column("phone", mark("Phone"), _phone, 116, ColumnKind.PHONE, value=lambda row: row.phone),
        Column(
            "tier",
            mark("Level"),
            lambda row: label(row.tier),
            118,
            ColumnKind.STATUS,
            tone=lambda row: tier_look(row.tier)[0],
            icon=lambda row: tier_look(row.tier)[1],
        ),
        Column(
            "care",
            mark("Care class"),
            lambda row: label(row.care_class),
            104,
            ColumnKind.STATUS,
            value=lambda row: label(row.care_class),
            # Most are ordinary: a pill on every line would hide those that are not.
            tone=lambda row: care_look(row.care_class)[0] if _stands_out(row) else None,
            icon=lambda row: care_look(row.care_class)[1] if _stands_out(row) else "",
        ),
        Column("guide", mark("Guide"), lambda row: row.guide, 76),
    ]


def _value_columns(today: Callable[[], date]) -> list[Column[MemberRow]]:
    return [
        Column(
            "last",
            mark("Last purchase"),
            lambda row: last_seen_words(row.last_day, today()),
            108,
            ColumnKind.DAY,
            tooltip=lambda row: day_text(row.last_day) if row.last_day else "",
            sort_key="last",
            value=lambda row: row.last_day,
        ),
        Column(
            "net",
            mark("Bought so far"),
            lambda row: amount(row.net) if row.net else "",
            96,
            ColumnKind.MONEY,
            sort_key="net",
            value=lambda row: row.net,
        ),
        Column(
            "birthday",
            mark("Next birthday"),
            lambda row: short_day(row.next_birthday),
            92,
            ColumnKind.DAY,
            tone=lambda row: Tone.WAITING if row.next_birthday == today() else None,
            tooltip=lambda row: birthday_words(row.birthday),
            value=lambda row: row.next_birthday,
        ),
        Column("tags", mark("Tags"), lambda row: gettext(", ").join(row.tags), 110),
    ]


def _score_columns(today: Callable[[], date]) -> list[Column[MemberRow]]:
    def silent(row: MemberRow) -> int | None:
        return (today() - row.last_day).days if row.last_day else None

    return [
        Column(
            "cycle",
            mark("Life cycle"),
            lambda row: label(row.cycle),
            120,
            ColumnKind.STATUS,
            tone=lambda row: CYCLES[row.cycle][0],
            icon=lambda row: CYCLES[row.cycle][1],
            shown=False,
        ),
        *(_score(place, letter) for place, letter in enumerate("RFM")),
        Column(
            "silent",
            mark("Silent days"),
            lambda row: str(days) if (days := silent(row)) is not None else "",
            84,
            ColumnKind.NUMBER,
            value=silent,
            shown=False,
        ),
        Column(
            "per_purchase",
            mark("Pieces per receipt"),
            lambda row: f"{row.per_purchase:.1f}" if row.per_purchase is not None else "",
            84,
            shown=False,
        ),
    ]


def _score(place: int, letter: str) -> Column[MemberRow]:
    titles = (mark("Score R"), mark("Score F"), mark("Score M"))
    return Column(
        f"score_{letter.lower()}",
        titles[place],
        lambda row: str(row.scores[place]) if row.scores else "",
        64,
        ColumnKind.NUMBER,
        value=lambda row: row.scores[place] if row.scores else None,
        shown=False,
    )


def _more_columns(today: Callable[[], date]) -> list[Column[MemberRow]]:
    return [
        Column(
            "purchases",
            mark("Purchases"),
            lambda row: str(row.purchases or ""),
            70,
            ColumnKind.NUMBER,
            value=lambda row: row.purchases,
            shown=False,
        ),
        Column(
            "joined",
            mark("Member since"),
            lambda row: day_text(row.joined_on, today()),
            110,
            ColumnKind.DAY,
            sort_key="joined",
            value=lambda row: row.joined_on,
            shown=False,
        ),
        Column(
            "contact",
            mark("Contact"),
            lambda row: gettext("No contact") if row.do_not_contact else "",
            90,
            tone=lambda row: Tone.WARN if row.do_not_contact else None,
            shown=False,
        ),
    ]


def _stands_out(row: MemberRow) -> bool:
    return row.care_class is not CareClass.ORDINARY


def _phone(row: MemberRow) -> str:
    return f"{row.phone} +{row.more_phones}" if row.more_phones else row.phone
