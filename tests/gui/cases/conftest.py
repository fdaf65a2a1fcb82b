"""The service screen in the real window, as its own tests have it."""

from tests.gui.service.conftest import counter

__all__ = ["counter"]
