"""The pages of the gallery by name."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from tests.pictures.gallery.board import board
from tests.pictures.gallery.call import call, empty
from tests.pictures.gallery.detail import detail
from tests.pictures.gallery.form import form
from tests.pictures.gallery.words import Say

PAGES: Final[dict[str, Callable[[Say], QWidget]]] = {
    "board": board,
    "detail": detail,
    "form": form,
    "call": call,
    "empty": empty,
}
