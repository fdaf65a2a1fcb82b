"""Pictures from outside: what is taken, what is refused and how fast, what a kept picture no longer carries."""

import io
import struct
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from crmdesk.exchange.pictures import LONGEST_EDGE, MOST_BYTES, PictureRefusedError, take_picture


def encoded(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(target, kind, **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP"])
def test_four_kinds_become_jpeg(kind: str) -> None:
    taken = take_picture(encoded(kind))
    assert (taken.width, taken.height) == (64, 48)
    assert opened(taken.jpeg).format == "JPEG"


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_refused_whatever_they_are_called(kind: str) -> None:
    with pytest.raises(PictureRefusedError) as refused:
        take_picture(encoded(kind), "photo.jpg")
    assert (refused.value.reason, refused.value.name) == ("not_a_picture", "photo.jpg")


@pytest.mark.parametrize(
    "content", [b"", b"MZ" + bytes(200), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7\n"]
)
def test_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(PictureRefusedError):
        take_picture(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_picture_that_breaks_off(kind: str, share: float) -> None:
    noise = Image.effect_noise((400, 300), 90)
    target = io.BytesIO()
    noise.save(target, kind)
    whole = target.getvalue()
    with pytest.raises(PictureRefusedError) as refused:
        take_picture(whole[: int(len(whole) * share)])
    assert refused.value.reason in {"damaged", "not_a_picture"}


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(10_000, 5_001), (30_000, 30_000), (2_000_000, 40)])
def test_more_than_fifty_million_pixels_are_refused_within_a_second(size: tuple[int, int]) -> None:
    begun = time.monotonic()
    with pytest.raises(PictureRefusedError) as refused:
        take_picture(png_that_claims(*size))
    assert refused.value.reason == "too_large"
    assert time.monotonic() - begun < 1


def test_a_file_of_many_bytes_is_not_even_looked_at() -> None:
    with pytest.raises(PictureRefusedError) as refused:
        take_picture(encoded("JPEG") + bytes(MOST_BYTES))
    assert refused.value.reason == "too_large"


def test_large_pictures_are_made_smaller_and_keep_their_shape() -> None:
    taken = take_picture(encoded("JPEG", (4000, 3000)))
    assert (taken.width, taken.height) == (LONGEST_EDGE, 1500)
    assert opened(taken.jpeg).size == (LONGEST_EDGE, 1500)


def test_a_picture_taken_sideways_stands_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (30.0, 16.0, 0.0)
    exif[Base.Artist] = "周建国"
    content = encoded("JPEG", (400, 300), exif=exif)
    assert opened(content).getexif().get_ifd(IFD.GPSInfo)
    taken = take_picture(content)
    assert (taken.width, taken.height) == (300, 400)
    kept = opened(taken.jpeg).getexif()
    assert not dict(kept)
    assert not kept.get_ifd(IFD.GPSInfo)


def test_what_is_transparent_becomes_white() -> None:
    taken = take_picture(encoded("PNG", mode="RGBA"))
    pixel = opened(taken.jpeg).convert("RGB").getpixel((5, 5))
    assert pixel == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK"])
def test_other_colours_are_taken(mode: str) -> None:
    assert opened(take_picture(encoded("JPEG" if mode in {"L", "CMYK"} else "PNG", mode=mode)).jpeg).mode == "RGB"


@given(st.binary(max_size=400), st.integers(0, 300))
def test_no_bytes_do_more_than_be_refused(noise: bytes, place: int) -> None:
    content = encoded("PNG", (12, 12))
    for hostile in (noise, content[:place] + noise + content[place:]):
        with suppress(PictureRefusedError):
            take_picture(hostile)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    content = io.BytesIO()
    frames[0].save(content, kind, save_all=True, append_images=frames[1:])
    with pytest.raises(PictureRefusedError) as refused:
        take_picture(content.getvalue(), "fun")
    assert refused.value.reason == "animated"


def test_a_phones_photo_with_a_second_picture_behind_it_is_taken() -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    content = io.BytesIO()
    frames[0].save(content, "MPO", save_all=True, append_images=frames[1:])
    assert take_picture(content.getvalue()).width == 20


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(PictureRefusedError) as refused:
        take_picture(b"", "gone.jpg")
    assert (refused.value.reason, refused.value.name) == ("empty", "gone.jpg")


def test_sixteen_bits_keep_their_brightness() -> None:
    grey = Image.new("I;16", (20, 20), 257 * 100)
    content = io.BytesIO()
    grey.save(content, "PNG")
    with Image.open(io.BytesIO(take_picture(content.getvalue()).jpeg)) as made:
        red = made.convert("RGB").getpixel((10, 10))
    assert isinstance(red, tuple)
    assert abs(red[0] - 100) <= 2
