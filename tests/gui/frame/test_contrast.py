"""Every text stands out from every ground it is put on, in both schemes and for any store's accent."""

import pytest
from PySide6.QtGui import QColor

from crmdesk.core.tones import Tone
from crmdesk.views.support.contrast import READABLE, contrast, readable
from crmdesk.views.support.tokens import Tokens, scheme

ACCENTS = ("#0b6aa2", "#ffd400", "#000000", "#ffffff", "#b00020", "#00ff66", "#7f7f7f")
SCHEMES = [scheme(dark=dark, accent=QColor(accent)) for dark in (False, True) for accent in ACCENTS]


def name(look: Tokens) -> str:
    return f"{'dark' if look.dark else 'light'}-{look.accent.name()}"


@pytest.mark.parametrize("look", SCHEMES, ids=name)
def test_plain_text_reads_on_every_ground(look: Tokens) -> None:
    grounds = (look.canvas, look.surface, look.rail, look.sunken, look.hover, look.selected)
    for text in (look.text, look.soft, look.muted, look.accent_text):
        for ground in grounds:
            assert contrast(text, ground) >= READABLE, (text.name(), ground.name())


@pytest.mark.parametrize("look", SCHEMES, ids=name)
def test_text_on_buttons_and_toasts_reads(look: Tokens) -> None:
    for ground in (look.accent, look.accent_hover, look.accent_down):
        assert contrast(look.on_accent, ground) >= READABLE
        assert contrast(look.on_accent_soft, ground) >= READABLE
    assert contrast(look.on_toast, look.toast) >= READABLE
    assert contrast(look.toast_link, look.toast) >= READABLE


@pytest.mark.parametrize("look", SCHEMES, ids=name)
@pytest.mark.parametrize("tone", Tone)
def test_tones_read_on_their_own_and_on_plain_grounds(look: Tokens, tone: Tone) -> None:
    colours = look.tone(tone)
    for ground in (colours.fill, colours.pale, look.surface, look.canvas, look.selected):
        assert contrast(colours.text, ground) >= READABLE, ground.name()
    assert contrast(look.muted, colours.pale) >= READABLE


def test_an_unreadable_accent_is_moved_and_a_good_one_kept() -> None:
    white = QColor("white")
    assert readable(QColor("#0b6aa2"), white) == QColor("#0b6aa2")
    moved = readable(QColor("#ffd400"), white)
    assert moved != QColor("#ffd400")
    assert contrast(moved, white) >= READABLE
