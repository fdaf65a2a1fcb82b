"""Qt's own words (menus of text fields, dialogs) in the program's language."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from crmdesk.core.i18n import SOURCE_LANGUAGE


class QtWords:
    """Holds the one translator of Qt's words; every change tells all widgets of the new language."""

    def __init__(self, application: QApplication) -> None:
        """Keep the application; nothing changes yet."""
        self._application = application
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Use a language of `core.i18n.LANGUAGES` for dates, numbers and Qt's words."""
        QLocale.setDefault(QLocale(language if language != SOURCE_LANGUAGE else "en_GB"))
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        if language == SOURCE_LANGUAGE:
            return
        translator = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            self._application.installTranslator(translator)
            self._translator = translator
