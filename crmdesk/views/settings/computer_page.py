"""Settings of this computer: they lie beside the data and take effect at once."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.setting import Setting, SettingValues
from crmdesk.core.settings_desk import (
    CARD_INK,
    DESK_NAME,
    EXPORT_FOLDER,
    LANGUAGE,
    SCAN_SOUND,
    SLIP_PAPER,
    TEXT_PERCENT,
    THEME,
)
from crmdesk.views.settings.setting_field import field_for, value_of
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.views.settings.setting_field import SettingField

SETTINGS: tuple[Setting[Any], ...] = (
    DESK_NAME,
    LANGUAGE,
    THEME,
    TEXT_PERCENT,
    SLIP_PAPER,
    CARD_INK,
    SCAN_SOUND,
    EXPORT_FOLDER,
)


class ComputerPage(QWidget):
    """Language, look, paper of slips, folders."""

    def __init__(self, desk: Desk) -> None:
        """Show what this computer has kept."""
        super().__init__()
        self._desk = desk
        self._set = FieldSet(self)
        self._set.submitted.connect(self._save)
        kept = SettingValues()
        for setting in SETTINGS:
            kept = kept.changed(setting, desk.settings.get(setting))
        scroll = ScrollColumn(gap=3)
        self._fields: dict[str, SettingField] = {}
        for setting in SETTINGS:
            self._fields[setting.key] = self._set.add(setting.key, field_for(setting, kept))
            scroll.add(self._fields[setting.key])
        scroll.add(
            Text(gettext("Language and text size take effect at the next start; the look at once."), "soft", wrap=True)
        )
        scroll.add_stretch()
        button = Button(gettext("Save"), "check", "primary", "Ctrl+Enter")
        button.clicked.connect(self._set.submit)
        layout = column(Text(gettext("This computer"), "title"), scroll, row(button, None), gap=3)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._set.mark_clean()

    def _save(self) -> None:
        for setting in SETTINGS:
            self._desk.settings.put(setting, value_of(self._fields[setting.key]))
        self._set.mark_clean()
        self._desk.toasts.show(gettext("Settings saved"))
