"""Phone numbers: from what people and spreadsheets write to one form that can be compared."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmdesk.core.errors import RefusedError


class PhoneKind(StrEnum):
    """What sort of number it is; decides whether it can get an SMS and how it is grouped."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    HONG_KONG = "hong_kong"
    MACAU = "macau"
    TAIWAN = "taiwan"
    FOREIGN = "foreign"


class PhoneTrouble(StrEnum):
    """Why a text is no phone number."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    DIGITS_LOST = "digits_lost"
    UNKNOWN_SHAPE = "unknown_shape"


class PhoneError(RefusedError):
    """A text that cannot be taken as one phone number."""

    def __init__(self, reason: PhoneTrouble, text: str = "") -> None:
        """Keep the reason and the text as it was given."""
        super().__init__(reason.value)
        self.reason = reason
        self.text = text


@dataclass(frozen=True, slots=True)
class Phone:
    """One number in the form in which it is stored and compared.

    Attributes:
        kind: mobile, landline, service (400/800/95…), Hong Kong, Macau, Taiwan or foreign.
        digits: what one dials in China: `13800138000`, `01087654321`; numbers from elsewhere carry the
            country code (`85298765432`), with 00 before it where they would read like a mobile number of the
            mainland (`0013105551234`). This is the key for comparing.
        e164: `+8613800138000`; empty where it cannot be known (a landline without area code, service numbers).
        extension: the digits after 转 / ext, otherwise empty.
    """

    kind: PhoneKind
    digits: str
    e164: str
    extension: str = ""

    def mask(self) -> str:
        """Return the number as somebody without the right may see it."""
        return mask(self.digits)

    def group(self) -> str:
        """Return the number cut into groups for reading aloud."""
        grouped = group(self.digits)
        return f"{grouped}-{self.extension}" if self.extension else grouped


_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}\Z")
_PUNCTUATION: Final = re.compile(r"[\s\-.·_/()\[\]'\"`‐‑‒–—―−~]+")
_LABEL: Final = re.compile(r"\A(?:tel|phone|mobile|mob|手机(?:号码?)?|(?:联系)?电话(?:号码)?)[.:]?", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"(?:转|分机|ext\.?|x|#)[.:]?\s*([0-9]{1,6})\Z", re.IGNORECASE)
_DASH_EXTENSION: Final = re.compile(
    r"\A((?!400|800|85[23]|886)(?:\(?0[0-9]{2,3}\)?[- ]?)?[2-9][0-9]{2,3}[- ]?[0-9]{4})-([0-9]{1,6})\Z"
)
_SCIENTIFIC: Final = re.compile(r"\A\+?([0-9])(?:[.,]([0-9]*))?[eE]\+?([0-9]{1,2})\Z")
_WHOLE_FLOAT: Final = re.compile(r"\A([0-9]{5,15})\.0+\Z")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")

# Excel writes 0.00E+00 (3 digits) or General (up to 6 digits); programs that print a double exactly give more.
_LEAST_EXACT_DIGITS: Final = 7
# A cell that once was shown as 1.38E+10 and was saved again is the number 13800000000.
_ZEROS_OF_A_LOST_NUMBER: Final = 8

_SHAPES: Final = (
    (PhoneKind.MOBILE, _MOBILE),
    (PhoneKind.LANDLINE, re.compile(r"0(?:10|2[0-9])[2-9][0-9]{6,7}\Z|0[3-9][0-9]{2}[2-9][0-9]{6,7}\Z")),
    (PhoneKind.SERVICE, re.compile(r"(?:400|800)[0-9]{7}\Z|9[56][0-9]{3,4}\Z|1[01][0-9]{3,4}\Z")),
    (PhoneKind.LANDLINE, re.compile(r"[2-9][0-9]{6,7}\Z")),
    (PhoneKind.HONG_KONG, re.compile(r"852[2-9][0-9]{7}\Z")),
    (PhoneKind.MACAU, re.compile(r"853[2-9][0-9]{7}\Z")),
    # Mobile 9 and eight digits; landlines by area: 2 Taipei, 4 Taichung … with seven or eight digits.
    (PhoneKind.TAIWAN, re.compile(r"8869[0-9]{8}\Z|886[2-8][0-9]{7,8}\Z")),
)
_WITH_COUNTRY: Final = frozenset({PhoneKind.HONG_KONG, PhoneKind.MACAU, PhoneKind.TAIWAN, PhoneKind.FOREIGN})
_NEAR: Final = ("852", "853", "886")
# As it is written in Taiwan itself; no area code of the mainland begins with 09 and has so few digits.
_TAIWAN_MOBILE: Final = re.compile(r"09[0-9]{8}\Z")
# Country codes of one and of two digits; all others have three (ITU-T E.164).
_ONE_DIGIT: Final = frozenset("17")
_TWO_DIGITS: Final = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_FOREIGN: Final = re.compile(r"[1-9][0-9]{6,14}\Z")
_MOBILE_LENGTH: Final = 11
_SERVICE_LENGTH: Final = 10
_LOCAL_LENGTH: Final = 8
_AMERICAN: Final = 10
_SHORTEST: Final = 7


def normalise(raw: str | float) -> Phone:
    """Return the phone number meant by `raw`.

    Takes full-width digits, spaces and dashes, +86/0086/86, a leading 0 before a mobile number, extensions,
    and numbers that a spreadsheet turned into floats while all digits are still there.

    Args:
        raw: what was typed, or the number that a spreadsheet cell holds.

    Raises:
        PhoneError: the text is empty, is no number, has too few or too many digits, or lost digits in a
            spreadsheet (`1.38E+10`).
    """
    if isinstance(raw, str):
        if _MOBILE.match(raw):
            return Phone(PhoneKind.MOBILE, raw, f"+86{raw}")
        return _from_text(raw)
    return _from_number(raw)


def stored(digits: str) -> Phone:
    """Return the phone that is kept as `digits`.

    Raises:
        PhoneError: it was kept by a program that knew no such number.
    """
    try:
        return normalise(digits)
    except PhoneError:
        return normalise(f"+{digits}")


def mask(digits: str) -> str:
    """Return `138****8000`: enough to recognise, too little to call.

    Args:
        digits: a number as stored; short numbers keep only their last two digits.
    """
    if len(digits) >= _MOBILE_LENGTH:
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= _SHORTEST:
        return f"{digits[:-6]}****{digits[-2:]}"
    return "****" + digits[-2:]


def group(digits: str) -> str:
    """Return the digits in the groups in which they are read aloud: `138 0013 8000`, `010 8765 4321`."""
    if _MOBILE.match(digits):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if digits.startswith("00"):
        return _group_abroad(digits[2:])
    if digits.startswith("0"):
        area = 3 if digits[1:2] in {"1", "2"} else 4
        return f"{digits[:area]} {digits[area:-4]} {digits[-4:]}"
    if digits.startswith(("400", "800")) and len(digits) == _SERVICE_LENGTH:
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if len(digits) > _LOCAL_LENGTH:
        return _group_abroad(digits)
    return f"{digits[:-4]} {digits[-4:]}" if len(digits) >= _SHORTEST else digits


def _group_abroad(digits: str) -> str:
    """Return a number with its country code, in a form that is read back as the same number: `+852 9876 5432`."""
    length = 1 if digits[0] in _ONE_DIGIT else 2 if _TWO_DIGITS.match(digits) else 3
    rest = digits[length:]
    by_three = len(rest) % 3 == 0 or (length == 1 and len(rest) == _AMERICAN)
    size = 3 if by_three else 4
    head = len(rest) % size if size > 3 else 0  # noqa: PLR2004 - three by three leaves its rest at the end
    parts = [rest[:head]] if head else []
    parts += [rest[at : at + size] for at in range(head, len(rest), size)]
    if by_three and len(parts[-1]) == 1:
        parts[-2:] = [parts[-2] + parts[-1]]
    return f"+{digits[:length]} {' '.join(parts)}"


def _from_number(value: float) -> Phone:
    if value < 0 or not float(value).is_integer():
        raise PhoneError(PhoneTrouble.NOT_A_NUMBER, str(value))
    digits = str(int(value))
    if len(digits) >= _MOBILE_LENGTH and digits.endswith("0" * _ZEROS_OF_A_LOST_NUMBER):
        raise PhoneError(PhoneTrouble.DIGITS_LOST, digits)
    return _from_digits(digits, digits)


def _from_text(raw: str) -> Phone:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw)).strip()
    text = _LABEL.sub("", text).strip().strip("'\"")
    if not text:
        raise PhoneError(PhoneTrouble.EMPTY, raw)
    text = _spreadsheet_digits(text, raw)
    text, extension = _split_extension(text)
    text = _PUNCTUATION.sub("", text)
    bare = text.removeprefix("+")
    if not (bare.isascii() and bare.isdigit()):
        raise PhoneError(PhoneTrouble.NOT_A_NUMBER, raw)
    return _from_digits(text, raw, extension)


def _spreadsheet_digits(text: str, raw: str) -> str:
    whole = _WHOLE_FLOAT.match(text)
    if whole:
        return whole.group(1)
    scientific = _SCIENTIFIC.match(text)
    if not scientific:
        return text
    mantissa = (scientific.group(1) + (scientific.group(2) or "")).rstrip("0")
    zeros = int(scientific.group(3)) + 1 - len(mantissa)
    if len(mantissa) < _LEAST_EXACT_DIGITS or zeros < 0:
        raise PhoneError(PhoneTrouble.DIGITS_LOST, raw)
    return mantissa + "0" * zeros


def _split_extension(text: str) -> tuple[str, str]:
    marked = _EXTENSION.search(text)
    if marked:
        return text[: marked.start()], marked.group(1)
    dashed = _DASH_EXTENSION.match(text)
    if dashed:
        return dashed.group(1), dashed.group(2)
    return text, ""


def _from_digits(text: str, raw: str, extension: str = "") -> Phone:
    international = text.startswith(("+", "00"))
    if _TAIWAN_MOBILE.match(text):
        text = f"886{text[1:]}"
    digits = text.removeprefix("+").removeprefix("00") if international else text
    for national in _national_readings(digits, international=international):
        for kind, shape in _SHAPES:
            if shape.match(national):
                return Phone(kind, national, _e164(kind, national), extension)
    if international and not digits.startswith(("86", *_NEAR)) and _FOREIGN.match(digits):
        key = f"00{digits}" if _MOBILE.match(digits) else digits
        return Phone(PhoneKind.FOREIGN, key, f"+{digits}", extension)
    raise PhoneError(_trouble_of(digits), raw)


def _national_readings(digits: str, *, international: bool) -> list[str]:
    """Return the ways to read the digits as dialled in China, the likeliest first."""
    if international:
        if digits.startswith(_NEAR):
            # Habit writes the 0 of the trunk behind the country code: +886 0912 345 678.
            return [digits[:3] + digits[3:].removeprefix("0")]
        if not digits.startswith("86"):
            return []
        rest = digits[2:].lstrip("0")
        return [rest] if _MOBILE.match(rest) or rest.startswith(("400", "800")) else ["0" + rest]
    readings = [digits]
    if digits.startswith("86"):
        readings.append(digits[2:])
    if digits.startswith("01"):
        readings.append(digits[1:])
    return readings


def _e164(kind: PhoneKind, digits: str) -> str:
    if kind in _WITH_COUNTRY:
        return f"+{digits}"
    if kind is PhoneKind.MOBILE:
        return f"+86{digits}"
    if kind is PhoneKind.LANDLINE and digits.startswith("0"):
        return f"+86{digits[1:]}"
    return ""


def _trouble_of(digits: str) -> PhoneTrouble:
    wanted = _MOBILE_LENGTH if digits.startswith("1") else 0
    if len(digits) < (wanted or _SHORTEST):
        return PhoneTrouble.TOO_SHORT
    if len(digits) > (wanted or _MOBILE_LENGTH + 1):
        return PhoneTrouble.TOO_LONG
    return PhoneTrouble.UNKNOWN_SHAPE
