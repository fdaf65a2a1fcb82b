"""Text on the clipboard."""

from PySide6.QtGui import QGuiApplication


def copy_text(text: str) -> None:
    """Put `text` there, ready to paste into WeChat or a text message."""
    QGuiApplication.clipboard().setText(text)


def pasted_text() -> str:
    """Give the text that lies there; empty when there is none."""
    return QGuiApplication.clipboard().text()
