"""Language and theme of this computer, applied to the whole program."""

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication

from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language, set_language
from crmdesk.core.settings_desk import LANGUAGE, THEME
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.support.qt_words import QtWords
from crmdesk.views.support.theme import Theme, ThemeChoice


class Look(QObject):
    """What the person sees and reads in, whichever window is open."""

    language_changed = Signal()

    def __init__(self, application: QApplication) -> None:
        """Take over the look of the application."""
        super().__init__(application)
        self._theme = Theme(application)
        self._words = QtWords(application)

    @property
    def theme(self) -> ThemeChoice:
        """What was asked for."""
        return self._theme.choice

    def apply(self, desk: DeskFile) -> None:
        """Show what the desk keeps; before anything is kept, the system's language."""
        self._speak(desk.get(LANGUAGE) if LANGUAGE.key in desk.values.stored() else system_language())
        self._theme.apply(ThemeChoice(desk.get(THEME)))

    def speak(self, language: str, desk: DeskFile | None) -> None:
        """Switch the language now, and keep it in `desk` when there is one."""
        if desk is not None:
            desk.put(LANGUAGE, language)
        if language != current_language():
            self._speak(language)
            self.language_changed.emit()

    def paint(self, choice: ThemeChoice, desk: DeskFile) -> None:
        """Switch light and dark now, and keep it."""
        desk.put(THEME, choice.value)
        self._theme.apply(choice)

    def _speak(self, language: str) -> None:
        self._words.use(language)
        set_language(language)


def system_language() -> str:
    """Give the program's language nearest to the system's."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else SOURCE_LANGUAGE
