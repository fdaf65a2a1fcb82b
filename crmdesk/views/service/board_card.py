"""One ticket as a card on the board: number and time, member, goods."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from crmdesk.core.tickets import Priority
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_rows import TicketRow
from crmdesk.views.service.columns import due_of, problem
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_frame, paint_line

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_HEIGHT: Final = 74
_GAP: Final = 6
_PAD: Final = 9
_LINE: Final = 19
_STRIPE: Final = 3
_ICON: Final = 14


class CardDelegate(QStyledItemDelegate):
    """Paints a `TicketRow` as a card."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give three lines and the gap below."""
        return QSize(option.rect.width(), _HEIGHT + _GAP)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one card."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, TicketRow):
            return
        look = tokens()
        place = option.rect.adjusted(0, 0, 0, -_GAP)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = look.accent if focused else look.edge
        paint_frame(painter, place, look.hover if chosen else look.surface, edge, 2 if focused else 1)
        words, tone = due_of(row)
        if tone in {Tone.WARN, Tone.LATE}:
            stripe = QRectF(place.left(), place.top() + _PAD, _STRIPE, place.height() - 2 * _PAD)
            painter.fillRect(stripe, look.tone(tone).text)
        colour = look.tone(tone).text if tone else look.muted
        self._paint_lines(painter, QRectF(place).adjusted(_PAD, _PAD, -_PAD, -_PAD), row, (words, colour))

    def _paint_lines(self, painter: QPainter, inside: QRectF, row: TicketRow, due: tuple[str, QColor]) -> None:
        look, small = tokens(), fonts.text_font(TEXT_SMALL)
        words, colour = due
        painter.save()
        top = QRectF(inside.left(), inside.top(), inside.width(), _LINE)
        painter.setFont(small)
        painter.setPen(colour)
        paint_line(painter, top, words, Qt.AlignmentFlag.AlignRight)
        room = top.adjusted(0, 0, -QFontMetrics(small).horizontalAdvance(words) - _GAP, 0)
        painter.setFont(fonts.text_font(bold=True))
        painter.setPen(look.text)
        if row.priority is Priority.EXPRESS:
            paint_icon(painter, "zap", room.left(), room.top() + (_LINE - _ICON) / 2, look.tone(Tone.WARN).text, _ICON)
            room.setLeft(room.left() + _ICON + 2)
        paint_line(painter, room, row.member_name)
        painter.setFont(fonts.text_font())
        painter.setPen(look.soft)
        paint_line(painter, top.translated(0, _LINE), row.item or row.subject)
        painter.setFont(small)
        painter.setPen(look.muted)
        paint_line(painter, top.translated(0, 2 * _LINE), problem(row) if row.item else row.number)
        painter.restore()
