"""Names and addresses as they are compared: how a name sounds, an address without what people write now and then."""

from functools import lru_cache

from crmdesk.db.name_readings import name_readings


@lru_cache(maxsize=8192)
def sound_of(name: str) -> str:
    """Give a name as it is read, in small letters without tones; other letters as they are."""
    readings = name_readings(name)
    return " ".join(choices[0] for choices in readings) if readings else name.casefold()


def plain_address(address: str) -> str:
    """Give an address without spaces, commas, dashes and the sign for "number" at its end."""
    return "".join(sign for sign in address.casefold() if sign.isalnum()).removesuffix("号")
