"""The program's version: the one place where it is written; ``pyproject.toml`` says the same, a test sees to it."""

from typing import Final

VERSION: Final = "0.1.0"
