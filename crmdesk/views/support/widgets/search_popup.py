"""The list of hits below the search box: groups, marked letters, arrows and Enter."""

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ICON, TEXT, TEXT_SMALL
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.painting import paint_frame, paint_line
from crmdesk.views.support.widgets.search_hits import More, SearchGroup, SearchHit
from crmdesk.views.support.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_HEADING: Final = 26
_ROW: Final = 34
_SIDE: Final = 10
_MOST_HEIGHT: Final = 480
_WIDTH: Final = 560
_ENTRY: Final = Qt.ItemDataRole.UserRole


class _Further(NamedTuple):
    """The last row of a group that goes on."""

    words: str
    more: More


class _Hits(QAbstractListModel):
    """Headings (text), hits and the rows that ask for more in one list; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[str | SearchHit | _Further] = []

    def show_groups(self, groups: Sequence[SearchGroup]) -> None:
        self.beginResetModel()
        self._entries = []
        for group in groups:
            if group.hits:
                more = group.total is not None and group.total > len(group.hits)
                self._entries.append(f"{group.title}  {group.total:,}" if more else group.title)
                self._entries.extend(_rows(group))
        self.endResetModel()

    def go_on(self, row: int, group: SearchGroup) -> None:
        """Put the hits that follow in place of the row that asked for them."""
        self.beginResetModel()
        self._entries[row : row + 1] = _rows(group)
        self.endResetModel()

    def hit(self, row: int) -> SearchHit | None:
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return entry if isinstance(entry, SearchHit) else None

    def is_heading(self, row: int) -> bool:
        return isinstance(self._entries[row], str)

    def further(self, row: int) -> More | None:
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return entry.more if isinstance(entry, _Further) else None

    def next_hit(self, row: int, step: int) -> int:
        """Row of the next hit from `row` in a direction; the same row at the end."""
        at = row + step
        while 0 <= at < len(self._entries):
            if not isinstance(self._entries[at], str):
                return at
            at += step
        return row

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == _ENTRY:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _words(entry)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._entries[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _rows(group: SearchGroup) -> list[str | SearchHit | _Further]:
    return [*group.hits, *([_Further(group.more_words, group.more)] if group.more is not None else [])]


def _words(entry: str | SearchHit | _Further) -> str:
    if isinstance(entry, SearchHit):
        return f"{entry.title} {entry.detail} {entry.value}".strip()
    return entry.words if isinstance(entry, _Further) else entry


class _HitPainter(QStyledItemDelegate):
    """Paints headings and hits."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _HEADING if isinstance(index.data(_ENTRY), str) else _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        entry = index.data(_ENTRY)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if isinstance(entry, SearchHit):
            self._paint_hit(painter, place, entry, chosen=chosen)
        elif isinstance(entry, _Further):
            self._paint_hit(painter, place, SearchHit(entry.words, icon="chevron-down"), chosen=chosen)
        else:
            painter.setFont(fonts.text_font(TEXT_SMALL))
            painter.setPen(tokens().muted)
            paint_line(painter, QRectF(place).adjusted(_SIDE, 2, -_SIDE, 0), str(entry))
        painter.restore()

    def _paint_hit(self, painter: QPainter, place: QRect, hit: SearchHit, *, chosen: bool) -> None:
        look = tokens()
        if chosen:
            paint_frame(painter, place.adjusted(2, 1, -2, -1), look.selected, look.selected)
        middle = place.top() + (place.height() - ICON) / 2
        paint_icon(painter, hit.icon, place.left() + _SIDE, middle, look.accent_text if chosen else look.soft)
        painter.setFont(fonts.text_font())
        value = painter.fontMetrics().horizontalAdvance(hit.value)
        words = QRectF(place).adjusted(_SIDE + ICON + 10, 0, -_SIDE, 0)
        painter.setPen(look.tone(hit.tone).text if hit.tone else look.muted)
        paint_line(painter, words, hit.value, Qt.AlignmentFlag.AlignRight)
        words.setRight(words.right() - value - 12)
        left = self._paint_marked(painter, words, _Line(hit.title, hit.marks, TEXT, look.text))
        words.setLeft(min(left + 10, words.right()))
        self._paint_marked(painter, words, _Line(hit.detail, hit.detail_marks, TEXT_SMALL, look.muted))

    def _paint_marked(self, painter: QPainter, words: QRectF, line: "_Line") -> float:
        """Paint a text with its fitting letters in the accent, and say where it ended."""
        fitting = {at for start, end in line.marks for at in range(start, end)}
        place = QRectF(words)
        for text, marked in _runs(line.text, fitting):
            painter.setFont(fonts.text_font(line.size, bold=marked))
            painter.setPen(tokens().accent_text if marked else line.colour)
            paint_line(painter, place, text)
            place.setLeft(min(place.left() + painter.fontMetrics().horizontalAdvance(text), words.right()))
        return place.left()


class _Line(NamedTuple):
    """Words with pieces to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]
    size: int
    colour: QColor


def _runs(text: str, fitting: set[int]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for at, letter in enumerate(text):
        marked = at in fitting
        if runs and runs[-1][1] is marked:
            runs[-1] = (runs[-1][0] + letter, marked)
        else:
            runs.append((letter, marked))
    return runs


class SearchPopup(QFrame):
    """Floats below the search box inside the window; the box keeps the keyboard."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._place = QRect()
        self._answers = 0  # counts what was listed, so that a late answer is known
        self.setProperty("role", "floating")
        self._model = _Hits()
        self._list = QListView()
        self._list.setProperty("role", "hits")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitPainter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(gettext("Search results"))
        self._list.entered.connect(self._on_entered)
        self._list.clicked.connect(self._on_clicked)
        self._nothing = Text("", "muted")
        layout = column(self._list, self._nothing, gap=0, margin=1)
        self.setLayout(layout)
        self.hide()

    def show_groups(self, groups: Sequence[SearchGroup], typed: str, place: QRect) -> None:
        """List hits below `place` (in the window's coordinates) and choose the first."""
        self._answers += 1
        self._model.show_groups(groups)
        found = self._model.rowCount() > 0
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        self._nothing.setText("  " + gettext("Nothing found for “{text}”").format(text=typed))
        self._choose(self._model.next_hit(-1, 1))
        self._place = place
        self._fit()
        self.setVisible(True)
        self.raise_()

    def _fit(self) -> None:
        place = self._place
        room = self._window.height() - place.bottom() - 12
        # Wider than a box that is narrow in a small window: phone and reason of a hit shall be seen.
        width = max(place.width(), min(_WIDTH, self._window.width() - place.left() - _SIDE))
        self.setGeometry(place.left(), place.bottom() + 4, width, min(self._height(), room, _MOST_HEIGHT))

    def _height(self) -> int:
        rows = range(self._model.rowCount())
        return sum(_HEADING if self._model.is_heading(row) else _ROW for row in rows) + 10 if rows else 44

    def step(self, step: int) -> None:
        """Move the choice up or down."""
        self._choose(self._model.next_hit(self._list.currentIndex().row(), step))

    def accept(self) -> bool:
        """Take the chosen hit, or ask for those that follow; says whether there was one."""
        row = self._list.currentIndex().row()
        more = self._model.further(row)
        if more is not None:
            more(partial(self._go_on, self._answers, row))
            return True
        hit = self._model.hit(row)
        if hit is not None:
            self.chosen.emit(hit.ref)
        return hit is not None

    def _go_on(self, asked: int, row: int, group: SearchGroup) -> None:
        """List the hits that follow, unless something else is listed by now; the first of them is chosen."""
        if asked != self._answers or not self.isVisible():
            return
        self._answers += 1
        self._model.go_on(row, group)
        self._fit()
        self._choose(self._model.next_hit(row - 1, 1))

    def _choose(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _on_entered(self, index: QModelIndex) -> None:
        if not self._model.is_heading(index.row()):
            self._list.setCurrentIndex(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._on_entered(index)
        self.accept()
