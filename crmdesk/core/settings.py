"""Every setting of the program, by key; each is declared once in the module of its area.

``settings_desk`` lies in ``desk.json`` and holds for one computer; all the others lie in the database and hold for the
whole store. Numbers come from the domain rules.
"""

from typing import Final

from crmdesk.core import (
    settings_care,
    settings_desk,
    settings_goods,
    settings_ledger,
    settings_members,
    settings_privacy,
    settings_returns,
    settings_service,
    settings_store,
    settings_uncollected,
)
from crmdesk.core.setting import DECLARED, Scope, Setting
from crmdesk.core.setting_kinds import SettingRefusedError

# Importing them declares them.
AREAS: Final = (
    settings_service,
    settings_uncollected,
    settings_goods,
    settings_returns,
    settings_care,
    settings_store,
    settings_members,
    settings_privacy,
    settings_ledger,
    settings_desk,
)


def setting(key: str) -> Setting[object]:
    """Find a setting by its key.

    Raises:
        SettingRefusedError: there is no such setting.
    """
    if key not in DECLARED:
        raise SettingRefusedError("unknown_setting", key=key)
    return DECLARED[key]


def settings_of(scope: Scope) -> list[Setting[object]]:
    """List the settings of one scope in the order of their declaration."""
    return [one for one in DECLARED.values() if one.scope is scope]
