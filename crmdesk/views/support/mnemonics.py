"""Labels with and without their mnemonic."""

import re

_CHINESE_STYLE = re.compile(r"[\s]*[(（]&\w[)）]")


def without_mnemonic(label: str) -> str:
    """Give the label as it is read aloud: ``&Name`` and ``姓名(&N)`` lose the mark, ``&&`` is one ``&``."""
    plain = _CHINESE_STYLE.sub("", label)
    return plain.replace("&&", "\0").replace("&", "").replace("\0", "&")
