"""The settings of this computer in ``desk.json``: read forgivingly, written whole or not at all."""

from pathlib import Path
from typing import TypeVar

from crmdesk.core.setting import DECLARED, Scope, Setting, SettingValues
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.db.files import read_json_object, write_json

T = TypeVar("T")


class DeskFile:
    """The desk settings of one data folder; keep one object for the whole program, use it in one thread."""

    def __init__(self, path: Path) -> None:
        """Read ``path``; an unreadable file is kept beside it as ``.broken`` and the defaults hold."""
        self._path = path
        content = read_json_object(path)
        if content is None and path.is_file():
            path.replace(path.with_name(path.name + ".broken"))
        self.values = SettingValues(content)

    def get(self, setting: Setting[T]) -> T:
        """Give the value in force."""
        return self.values.get(setting)

    def put(self, setting: Setting[T], value: T) -> None:
        """Change one setting on the disk.

        Raises:
            SettingRefusedError: the value does not fit, or the setting belongs to the store.
            OSError: the file cannot be written; the old value holds.
        """
        if DECLARED[setting.key].scope is not Scope.DESK:
            raise SettingRefusedError("unknown_setting", key=setting.key)
        changed = self.values.changed(setting, value)
        write_json(self._path, dict(changed.stored()))
        self.values = changed
