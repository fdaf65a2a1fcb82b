"""Store settings: the words of reminders about goods that nobody collects, by stage and language."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.resources import resource_path
from crmdesk.core.setting import Setting, declare_store
from crmdesk.core.setting_kinds import Words
from crmdesk.core.uncollected import ReminderStage

GROUP: Final = mark("Uncollected goods")
LONGEST: Final = 3000
PLACEHOLDERS: Final = ("name", "store", "item", "number", "days", "open")


def _declare(stage: ReminderStage, language: str, doc: str) -> Setting[str]:
    name = f"{stage.name.lower()}.{language}"
    default = resource_path("paper", f"reminder_{name}.txt").read_text(encoding="utf-8").strip()
    key = f"uncollected.words_{stage.name.lower()}_{language.lower()}"
    return declare_store(GROUP, key, Words(LONGEST), default, doc)


# {name} is the surname with its address, {days} the days waited, {open} what is to be paid.
WORDS: Final[dict[tuple[ReminderStage, str], Setting[str]]] = {
    (ReminderStage.FIRST, "zh_CN"): _declare(ReminderStage.FIRST, "zh_CN", mark("First reminder, in Chinese.")),
    (ReminderStage.FIRST, "en"): _declare(ReminderStage.FIRST, "en", mark("First reminder, in English.")),
    (ReminderStage.AGAIN, "zh_CN"): _declare(ReminderStage.AGAIN, "zh_CN", mark("Further reminders, in Chinese.")),
    (ReminderStage.AGAIN, "en"): _declare(ReminderStage.AGAIN, "en", mark("Further reminders, in English.")),
    (ReminderStage.LETTER, "zh_CN"): _declare(ReminderStage.LETTER, "zh_CN", mark("The letter, in Chinese.")),
    (ReminderStage.LETTER, "en"): _declare(ReminderStage.LETTER, "en", mark("The letter, in English.")),
    (ReminderStage.LAST, "zh_CN"): _declare(
        ReminderStage.LAST, "zh_CN", mark("Reminders after the letter, in Chinese.")
    ),
    (ReminderStage.LAST, "en"): _declare(ReminderStage.LAST, "en", mark("Reminders after the letter, in English.")),
}
