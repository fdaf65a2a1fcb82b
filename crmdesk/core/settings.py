"""Every setting of the program, by key; each is declared once in the module of its area.

``settings_service``, ``settings_returns``, ``settings_care`` and ``settings_store`` lie in the database and hold for the whole store,
``settings_desk`` lies in ``desk.json`` and holds for one computer. Numbers come from the domain rules.
"""

from typing import Final

from crmdesk.core import settings_care, settings_desk, settings_returns, settings_service, settings_store
from crmdesk.core.setting import DECLARED, Scope, Setting
from crmdesk.core.setting_kinds import SettingRefusedError

AREAS: Final = (settings_service, settings_returns, settings_care, settings_store, settings_desk)  # importing them declares them


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
