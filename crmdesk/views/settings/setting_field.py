"""The editor of one declared setting, made from its kind."""

from typing import Any

from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.setting import Setting, SettingValues
from crmdesk.core.setting_kinds import Choice, SettingRefusedError, Switch
from crmdesk.views.support import errors
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField, TickField

# What the values of settings with a choice are called on screen.
CHOICES = {
    "zh_CN": "简体中文",
    "en": "English",
    "system": mark("As the system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
    "a4": "A4",
    "a5": "A5",
    "roll80": mark("80 mm roll"),
    "form241": mark("241 × 140 mm form"),
    "colour": mark("In colour"),
    "black": mark("Black only"),
    "ordinary": mark("Ordinary card"),
    "silver": mark("Silver card"),
    "gold": mark("Gold card"),
    "diamond": mark("Diamond card"),
    "none": mark("None"),
    "zhejiang": mark("Zhejiang"),
    "shandong": mark("Shandong"),
    "national": mark("Nationwide"),
    "spend": mark("What was spent"),
    "purchases": mark("How many receipts"),
}

# A longer default, such as whole terms, does not fit beside the label.
_LONGEST_USUAL = 24


def choice_words(value: str) -> str:
    """Give the word of a choice; one without a word stands for itself."""
    return gettext(CHOICES.get(value, value))


class TextSettingField(LineField):
    """A line that the setting's own kind reads."""

    def __init__(self, setting: Setting[Any], label: str, hint: str) -> None:
        """Edit ``setting``."""
        self._setting = setting
        super().__init__(label, hint=hint)

    @override
    def problem(self) -> str:
        """Say what the kind does not take."""
        try:
            self._setting.parse(self.typed())
        except SettingRefusedError as refusal:
            sentence = errors.explain(refusal)
            return sentence.line() if sentence is not None else refusal.reason
        return ""

    def parsed(self) -> object:
        """Give the value; call it after ``problem`` said nothing."""
        return self._setting.parse(self.typed())


SettingField = TextSettingField | ChoiceField[str] | TickField


def field_for(setting: Setting[Any], values: SettingValues) -> SettingField:
    """Make the editor of ``setting`` with its value in force."""
    label = gettext(setting.doc)
    value = values.get(setting)
    if isinstance(setting.kind, Switch):
        tick = TickField(label)
        tick.set_value(bool(value))
        return tick
    if isinstance(setting.kind, Choice):
        choice = ChoiceField(label, [(choice_words(one), one) for one in setting.kind.choices])
        choice.set_value(str(value))
        return choice
    unit = gettext(setting.unit) if setting.unit else ""
    usual = setting.kind.text(setting.default)
    default = gettext("usually {value}").format(value=usual) if usual and len(usual) <= _LONGEST_USUAL else ""
    field = TextSettingField(setting, label, " · ".join(filter(None, (unit, default))))
    field.set_value(setting.kind.text(value))
    return field


def value_of(field: Field[Any]) -> object:
    """Give what a setting's editor holds, of the setting's own type."""
    return field.parsed() if isinstance(field, TextSettingField) else field.value()
