"""A chapter as it is read: Markdown with pictures as wide as there is room, and links between chapters."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget
from typing_extensions import override

from crmdesk.views.support.help_book import Chapter
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE

_MARGIN: Final = 5 * SPACE
_LEAST: Final = 240
_ABOVE_HEADING: Final = 5 * SPACE
_LINE_PERCENT: Final = 120
_PICTURE: Final = "\ufffc"  # stands for one in a text
_SETTLE_MS: Final = 120
_NOT_FOUND: Final = -1


class HelpPage(QTextBrowser):
    """Shows one chapter; the words looked for are marked in it."""

    chapter_asked = Signal(str)
    """Name of the chapter a link leads to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._folder = Path()
        self._chapter: Chapter | None = None
        self._marked = ""
        self._fitted = 0
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(_SETTLE_MS)
        self._fit_soon.timeout.connect(self._fit)
        self.anchorClicked.connect(self._follow)

    def show_chapter(self, chapter: Chapter, folder: Path) -> None:
        """Show a chapter whose links and pictures are relative to ``folder``."""
        self._chapter, self._folder = chapter, folder
        self._render()

    def _render(self) -> None:
        if self._chapter is None:
            return
        self._fitted = self.viewport().width()
        document = self.document()
        document.clear()
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(self._chapter.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        _space(document)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _rule(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.mark(self._marked)

    # -- pictures and links ----------------------------------------------------------------

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Give a picture of the guide, no wider than the page."""
        if type != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str(self._folder / QUrl(name).toString()))
        if picture.isNull():
            return None
        ratio = self.devicePixelRatioF()
        room = max(_LEAST, self.viewport().width() - 2 * _MARGIN - 4 * SPACE)
        if picture.width() > room:
            picture = picture.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
        return picture

    def _follow(self, link: QUrl) -> None:
        path = Path(link.path())
        if not link.scheme() and path.suffix == ".md":
            self.chapter_asked.emit(path.stem)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._fitted:
            self._fit_soon.start()

    def _fit(self) -> None:
        """Let the pictures follow the width, and stay at the place that is read."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._render()
        bar.setValue(round(share * bar.maximum()))

    # -- looking for words -----------------------------------------------------------------

    def mark(self, words: str) -> int:
        """Mark every place with these words and give how many there are."""
        self._marked = words
        found: list[QTextEdit.ExtraSelection] = []
        cursor = self.document().find(words) if words else QTextCursor()
        while not cursor.isNull():
            found.append(_highlight(cursor))
            cursor = self.document().find(words, cursor)
        self.setExtraSelections(found)
        return len(found)

    def go_to_next(self, words: str) -> bool:
        """Go to the next place with these words; False when there is none below."""
        return bool(words) and self.find(words)


def _highlight(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    look = QTextCharFormat()
    look.setBackground(QColor(tokens().accent))
    look.setForeground(QColor(tokens().on_accent))
    selection.format = look
    selection.cursor = cursor
    return selection


def _space(document: QTextDocument) -> None:
    """Give paragraphs, headings and pictures air; a wide line of text is hard to read without."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        look = block.blockFormat()
        if cursor.currentTable() is None:
            look.setTopMargin(_ABOVE_HEADING if look.headingLevel() else SPACE)
            look.setBottomMargin(2 * SPACE if look.headingLevel() else SPACE)
        if _PICTURE not in block.text():
            look.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(look)
        block = block.next()


def _rule(grid: QTextTable) -> None:
    """Give a table hairlines, air, and the whole width."""
    look = grid.format()
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(tokens().line)
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setCellPadding(1.5 * SPACE)
    look.setCellSpacing(0)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setProperty(QTextFormat.Property.FullWidthSelection, False)
    grid.setFormat(look)
