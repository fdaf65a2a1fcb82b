"""How shelves and what lies on them are shown."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.shelves import LyingRow, ShelfRow
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import moment_text


def room_words(row: ShelfRow) -> str:
    """Say how full a shelf is."""
    return f"{row.used} / {row.room}" if row.room is not None else str(row.used)


def room_tone(row: ShelfRow) -> Tone:
    """Give the tone of how full a shelf is."""
    if row.room is not None and row.used > row.room:
        return Tone.LATE
    if row.left == 0:
        return Tone.WARN
    return Tone.OK if row.used else Tone.NEUTRAL


def shelf_columns(*, with_state: bool = False) -> list[Column[ShelfRow]]:
    """Give the columns of the list of shelves."""
    found: list[Column[ShelfRow]] = [
        Column("code", mark("Shelf"), lambda one: one.code, 80, sort_key="code", whole=True),
        Column("name", mark("Where it is"), lambda one: one.name, 120, stretch=True),
        Column(
            "room",
            mark("Occupied"),
            room_words,
            96,
            ColumnKind.STATUS,
            tone=room_tone,
            icon=lambda one: "circle-alert" if one.left == 0 else "package",
        ),
    ]
    if with_state:
        words = Column[ShelfRow](
            "active", mark("In use"), lambda one: gettext("yes") if one.active else gettext("no"), 70
        )
        found.append(words)
    return found


def lying_columns(zone: str) -> list[Column[LyingRow]]:
    """Give the columns of the list of goods."""
    return [
        Column("shelf", mark("Shelf"), lambda one: one.shelf or gettext("none"), 80, sort_key="shelf", whole=True),
        Column("number", mark("Number"), lambda one: one.number, 150, sort_key="number", whole=True),
        Column("item", mark("Item"), lambda one: one.item, 170, stretch=True),
        Column("member", mark("Customer"), lambda one: one.member_name, 110, sort_key="member"),
        Column("state", mark("State"), lambda one: label(one.state), 110),
        Column("since", mark("Here since"), lambda one: moment_text(one.since, zone), 120, ColumnKind.MOMENT),
    ]
