"""Columns of the lists of sources and of files from the till."""

from typing import Final

from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.member_words import WatchedState
from crmdesk.core.tones import Tone
from crmdesk.queries.import_sources import SourceRow, WatchedRow
from crmdesk.views.support.columns import Column, ColumnKind

_KINDS: Final = {
    "members": mark("Member list"),
    "purchases": mark("Purchases"),
    "balances": mark("Balances"),
    "cards": mark("Cards"),
    "tags": mark("Tags"),
}
_TONES: Final = {
    WatchedState.IMPORTED: (Tone.OK, "circle-check"),
    WatchedState.QUARANTINED: (Tone.LATE, "circle-x"),
    WatchedState.SEEN_BEFORE: (Tone.NEUTRAL, "circle-slash"),
}


def source_columns() -> list[Column[SourceRow]]:
    """Give the columns of the sources."""
    return [
        Column("name", mark("Source"), lambda one: one.name, 140),
        Column("kind", mark("Kind"), lambda one: gettext(_KINDS[one.kind]), 100),
        Column("folder", mark("Folder"), lambda one: one.folder, 220, tooltip=lambda one: one.folder, stretch=True),
        Column("desk", mark("Desk"), lambda one: one.desk, 110),
        Column(
            "state",
            mark("State"),
            lambda one: gettext("watched") if one.folder and one.active else gettext("by hand"),
            100,
            ColumnKind.STATUS,
            tone=lambda one: Tone.OK if one.folder and one.active else Tone.NEUTRAL,
            icon=lambda one: "check" if one.folder and one.active else "user-round",
        ),
    ]


def file_columns(zone: str) -> list[Column[WatchedRow]]:
    """Give the columns of the files."""
    return [
        Column("at", mark("When"), lambda one: f"{local_time(one.at, zone):%Y-%m-%d %H:%M}", 130, ColumnKind.MOMENT),
        Column("source", mark("Source"), lambda one: one.source, 110),
        Column("name", mark("File"), lambda one: one.name, 150),
        Column(
            "state",
            mark("State"),
            lambda one: label(one.state),
            120,
            ColumnKind.STATUS,
            tone=lambda one: _TONES[one.state][0],
            icon=lambda one: _TONES[one.state][1],
        ),
        Column("reason", mark("Remark"), lambda one: one.reason, 200, tooltip=lambda one: one.reason, stretch=True),
    ]
