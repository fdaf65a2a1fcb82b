"""The pages around goods in the real window, driven by keys."""

from tests.gui.service.conftest import counter

__all__ = ["counter"]
