"""Where the data files lie: beside the package, or inside a frozen program."""

import sys
from pathlib import Path
from typing import Final

RESOURCES: Final = "resources"


def resource_path(*parts: str) -> Path:
    """Return the path of a data file, as in ``resource_path("fonts", "NotoSansSC-Regular.ttf")``.

    The file need not exist; the caller says what its absence means.

    Args:
        parts: names below ``resources``, one for each folder.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen is not None else Path(__file__).resolve().parents[2]
    return root.joinpath(RESOURCES, *parts)


def guide_path(language: str) -> Path:
    """Return the folder of the user guide's chapters: ``resources/guide`` when frozen, else ``docs/guide``."""
    inside = resource_path("guide", language)
    return inside if inside.is_dir() else resource_path().parent / "docs" / "guide" / language
