"""Photographs of the demonstration: a suitcase on the counter, painted, since no real customer's goods may be shown."""

import io
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (1600, 1200)
# Turns a point of the suitcase into one of the picture.
Place = Callable[[float, float], tuple[float, float]]


def suitcase_photo(seed: int, *, close: bool = False) -> bytes:
    """Give a JPEG as a telephone takes it: a suitcase without one wheel; ``close`` shows the corner large."""
    rng = Random(seed)  # noqa: S311 - a picture, not a secret
    image = _counter(rng)
    draw = ImageDraw.Draw(image)
    scale, left, top = (2.6, -500, -1450) if close else (1.0, 480, 110)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    draw.ellipse([*at(-30, 880), *at(690, 985)], fill=(96, 84, 74))  # its shadow
    for shift in (190, 430):
        draw.rounded_rectangle([*at(shift, -70), *at(shift + 22, 60)], 8, fill=(120, 122, 126))
    draw.rounded_rectangle([*at(180, -95), *at(462, -60)], 14, fill=(52, 54, 58))
    draw.rounded_rectangle([*at(0, 30), *at(640, 900)], round(70 * scale), fill=(176, 181, 187))
    draw.rounded_rectangle([*at(14, 44), *at(626, 886)], round(62 * scale), fill=(190, 195, 201))
    for rib in range(7):
        x = 62 + rib * 80
        draw.rounded_rectangle([*at(x, 90), *at(x + 34, 840)], round(14 * scale), fill=(170, 175, 182))
        draw.line([*at(x + 4, 96), *at(x + 4, 834)], fill=(214, 218, 222), width=round(4 * scale))
    draw.rounded_rectangle([*at(270, 380), *at(372, 420)], 8, fill=(60, 62, 66))
    _wheels(draw, at, scale)
    return _taken(image, rng)


def _counter(rng: Random) -> Image.Image:
    """Paint wall and counter with a little light from the left."""
    image = Image.new("RGB", _SIZE, (214, 208, 198))
    draw = ImageDraw.Draw(image)
    for y in range(_SIZE[1]):
        shade = 216 - y // 14 if y < 760 else 168 - (y - 760) // 12  # noqa: PLR2004 - the edge of the counter
        tint = (shade, shade - 5, shade - 14) if y < 760 else (shade, shade - 26, shade - 56)  # noqa: PLR2004
        draw.line([(0, y), (_SIZE[0], y)], fill=tint)
    for _ in range(60):
        y = rng.randint(770, 1190)
        draw.line([(rng.randint(0, 800), y), (rng.randint(800, 1600), y + rng.randint(-3, 3))], fill=(140, 112, 82))
    return image.filter(ImageFilter.GaussianBlur(3))


def _wheels(draw: ImageDraw.ImageDraw, at: Place, scale: float) -> None:
    draw.ellipse([*at(500, 878), *at(580, 962)], fill=(40, 41, 44))
    draw.ellipse([*at(524, 902), *at(556, 938)], fill=(130, 132, 136))
    # The axle of the wheel that broke off, and the crack above it.
    draw.rectangle([*at(66, 884), *at(132, 908)], fill=(46, 46, 48))
    draw.line([*at(98, 906), *at(92, 934), *at(106, 950)], fill=(150, 150, 152), width=round(9 * scale))
    crack = [at(58, 868), at(92, 826), at(84, 800), at(124, 762)]
    draw.line(crack, fill=(70, 70, 74), width=round(5 * scale))


def _taken(image: Image.Image, rng: Random) -> bytes:
    grain = Image.effect_noise(_SIZE, 18).convert("RGB")
    picture = Image.blend(image, grain, 0.05).rotate(rng.uniform(-1.5, 1.5), fillcolor=(200, 192, 180))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=88)
    return target.getvalue()
