"""The counter of the service screen serves the pages about goods too."""

from tests.gui.service.conftest import counter

__all__ = ["counter"]
