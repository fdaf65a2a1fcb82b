"""The diary: every ticket's time line, money, papers and place at its end, exactly."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest

from crmdesk.core.i18n import set_language
from tests.builders.diary import Diary, Told
from tests.builders.shop import open_shop
from tests.integration.diary import away, cases, edges, ordinary

PAGES: Final = Path(__file__).parents[2] / "golden" / "diary"
STORIES: Final = {story.__name__: story for module in (ordinary, edges, away, cases) for story in module.STORIES}


@cache
def lived() -> tuple[dict[str, Told], dict[str, str]]:
    """Live through the weeks once; gives how the stories end, and their pages."""
    set_language("zh_CN")
    diary = Diary(open_shop(Path(mkdtemp())))
    diary.live(STORIES)
    pages = {name: diary.page(told.ticket) for name, told in diary.told.items()}
    ends = diary.told
    facts = {
        name: Told(told.ticket, *diary.money(told.ticket), diary.place(told.ticket)) for name, told in ends.items()
    }
    diary.shop.close()
    assert facts == ends, [(n, facts[n], ends[n]) for n in ends if facts[n] != ends[n]]
    return ends, pages


@pytest.mark.parametrize("name", STORIES)
def test_a_story_ends_as_the_diary_says(name: str) -> None:
    _ends, pages = lived()
    assert pages[name] == (PAGES / f"{name}.txt").read_text(encoding="utf-8")
