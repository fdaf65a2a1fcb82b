"""The columns of the register of papers."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.paper_register import PaperRow
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.paper_words import paper_word


def paper_columns(zone: str) -> list[Column[PaperRow]]:
    """Give the columns; moments are shown in ``zone``."""
    return [
        Column("number", mark("Number"), lambda one: one.number, 136),
        Column("kind", mark("Paper"), lambda one: paper_word(one.kind), 126),
        Column("member", mark("Customer"), lambda one: one.member_name, 92),
        Column("title", mark("Title"), lambda one: one.title, 110, stretch=True),
        Column("version", mark("Version"), lambda one: str(one.version), 58),
        Column("made", mark("Made"), lambda one: moment_text(one.made_at, zone), 100, sort_key="made"),
        Column("by", mark("By"), lambda one: one.made_by, 68),
        Column(
            "sent",
            mark("Sent"),
            lambda one: label(one.sent_channel) if one.sent_channel else gettext("not sent"),
            104,
            ColumnKind.STATUS,
            tone=lambda one: Tone.OK if one.sent_channel else Tone.NEUTRAL,
            icon=lambda one: "check" if one.sent_channel else "send",
        ),
        Column("prints", mark("Prints"), lambda one: str(one.prints), 76),
    ]
