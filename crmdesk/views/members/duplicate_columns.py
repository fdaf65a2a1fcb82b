"""The columns of the list of lookalikes."""

from crmdesk.core.clock import day_in_zone
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.members import MemberState
from crmdesk.core.tones import Tone
from crmdesk.queries.duplicates import PairRow, PairSide
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text

SURE, LIKELY = 85, 65


def pair_columns(zone: str) -> list[Column[PairRow]]:
    """Give the columns; days are those of the IANA ``zone``."""
    return [_score_column(), *_file_columns(zone)]


def _score_column() -> Column[PairRow]:
    return Column(
        "score",
        mark("How sure"),
        lambda row: _sure(row.score),
        118,
        ColumnKind.STATUS,
        tone=lambda row: _tone(row.score),
        icon=lambda row: "users" if row.score >= SURE else "circle-help",
        tooltip=lambda row: gettext("{score} of 100").format(score=row.score),
        sort_key="score",
        value=lambda row: row.score,
    )


def _file_columns(zone: str) -> list[Column[PairRow]]:
    return [
        Column("why", mark("Why"), _why, 190, tooltip=_why, stretch=True),
        Column(
            "first", mark("One file"), lambda row: side_text(row.first), 180, tooltip=lambda row: side_text(row.first)
        ),
        Column(
            "second",
            mark("Other file"),
            lambda row: side_text(row.second),
            180,
            tooltip=lambda row: side_text(row.second),
        ),
        Column(
            "purchases",
            mark("Purchases"),
            lambda row: f"{row.first.purchases} + {row.second.purchases}",
            92,
            ColumnKind.NUMBER,
            value=lambda row: row.first.purchases + row.second.purchases,
        ),
        Column("phone", mark("Phone"), lambda row: row.first.phone or row.second.phone, 120, ColumnKind.PHONE),
        Column("state", mark("Decision"), lambda row: label(row.state), 120, shown=False),
        Column(
            "found",
            mark("Found on"),
            lambda row: day_text(day_in_zone(row.found_at, zone)),
            130,
            ColumnKind.DAY,
            sort_key="found",
            value=lambda row: day_in_zone(row.found_at, zone),
            shown=False,
        ),
    ]


def side_text(side: PairSide) -> str:
    """Give who a file is: name and number."""
    parts = [f"{side.name} {side.number}"]
    if side.state is MemberState.WALK_IN:
        parts.append(label(side.state))
    return " · ".join(parts)


def _why(row: PairRow) -> str:
    return gettext(", ").join(label(one) for one in row.reasons)


def _sure(score: int) -> str:
    if score >= SURE:
        return gettext("very likely")
    return gettext("likely") if score >= LIKELY else gettext("perhaps")


def _tone(score: int) -> Tone:
    if score >= SURE:
        return Tone.WARN
    return Tone.WAITING if score >= LIKELY else Tone.NEUTRAL
