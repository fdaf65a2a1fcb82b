"""Store settings of members' files."""

import re
from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.setting import declare_store
from crmdesk.core.setting_kinds import Words

MEMBERS_GROUP: Final = mark("Members")
_BORDER: Final = re.compile(r"[,，、;；\n]+")

MEMBER_SOURCES = declare_store(
    MEMBERS_GROUP,
    "members.sources",
    Words(400),
    "",
    mark("Ways by which members came, divided by commas; the form offers them."),
)


def source_words(text: str) -> tuple[str, ...]:
    """Give the sources of the setting one by one."""
    return tuple(dict.fromkeys(word.strip() for word in _BORDER.split(text) if word.strip()))
