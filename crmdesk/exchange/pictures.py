"""Pictures from outside: checked by what they are, not by their name, and made anew without what they carry along."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from crmdesk.core.errors import RefusedError

FORMATS: Final = ("JPEG", "PNG", "BMP", "WEBP")
MOST_PIXELS: Final = 50_000_000
MOST_BYTES: Final = 60 * 1024 * 1024
LONGEST_EDGE: Final = 2000
_MOVING: Final = ("PNG", "WEBP")
_QUALITY: Final = 85
_WHITE: Final = (255, 255, 255)
# Pillow's own guard against bombs; ours below is narrower and asks the header before anything is unpacked.
_BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureRefusedError(RefusedError):
    """A file is no picture that can be taken in.

    ``reason`` is not_a_picture, empty, too_large, animated, damaged, unreadable.
    """

    def __init__(self, reason: str, name: str = "") -> None:
        """Keep why, and the file's name as the person knows it."""
        super().__init__(reason)
        self.reason = reason
        self.name = name


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew: JPEG bytes, upright, at most 2,000 pixels on its longer edge, no location."""

    jpeg: bytes
    width: int
    height: int


def take_picture(content: bytes, name: str = "") -> Picture:
    """Check a file's bytes and make the picture anew.

    Args:
        content: the file as it came.
        name: its name, for the refusal only.

    Raises:
        PictureRefusedError: not JPEG, PNG, BMP or WebP; over 50 million pixels; moving; cut off or damaged.
    """
    if len(content) > MOST_BYTES:
        raise PictureRefusedError("too_large", name)
    if not content:
        raise PictureRefusedError("empty", name)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefusedError("too_large", name)
            # A phone's JPEG may carry a second picture behind the first; only what moves is refused.
            if opened.format in _MOVING and getattr(opened, "n_frames", 1) > 1:
                raise PictureRefusedError("animated", name)
            return _made_anew(opened)
    except _BOMBS:
        raise PictureRefusedError("too_large", name) from None
    except UnidentifiedImageError:
        raise PictureRefusedError("not_a_picture", name) from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
        # What Pillow's readers raise on files that break off or lie about themselves.
        raise PictureRefusedError("damaged", name) from None


def _made_anew(opened: Image.Image) -> Picture:
    opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # a large JPEG is unpacked at a fraction of its size
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    plain = _on_white(upright)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(target.getvalue(), plain.width, plain.height)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        picture = _eight_bits(picture)
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGB", seen.size, _WHITE)
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Give a grey picture of 16 or 32 bits in 8: a plain conversion would cut everything bright off."""
    return picture.convert("I").point(lambda value: value / 257).convert("L")
