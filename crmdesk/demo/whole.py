"""The whole demonstration: a folder with a store, its day, its papers and pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from crmdesk.bootstrap.house import begin, enter
from crmdesk.bootstrap.sample import name_pin
from crmdesk.core.clock import Clock
from crmdesk.core.i18n import current_language
from crmdesk.core.settings_desk import DESK_NAME, LANGUAGE
from crmdesk.core.trouble import NoStoreError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.photo_store import PhotoStore
from crmdesk.demo.day import DayReport, run_day
from crmdesk.demo.shop import COUNTER, PIN
from crmdesk.demo.year import build

STORE: Final = "store"
# The day's work ends at a quarter past four; all of it lies in the past when somebody looks at the store.
_WORK: Final = timedelta(hours=7, minutes=15)


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What to make: ``day`` (aware) is a moment after which nothing happens; now when None."""

    out: Path
    members: int
    seed: int
    day: datetime | None = None


def make_demo(plan: DemoPlan, clock: Clock, told: Callable[[str], None]) -> DayReport:
    """Make the store in an empty ``out/store``, live through its years and its day, in the current language.

    Raises:
        StorageTroubleError: the folder cannot be used.
        OSError: a file cannot be written.
    """
    data = DataDir(plan.out / STORE)
    plan.out.mkdir(parents=True, exist_ok=True)
    data.prepare()
    house = begin(enter(data, clock), clock)
    try:
        if house.opened is None:
            raise NoStoreError(str(data.root))
        told(f"two years of a store with {plan.members} members")
        year = build(house.opened.database, (plan.day or clock.now()) - _WORK, plan.members, plan.seed)
        report = run_day(year, plan.out, PhotoStore(data.photos), plan.seed, told)
        data.set_mark(clock.now())
        desk = DeskFile(data.desk_file)
        desk.put(LANGUAGE, current_language())
        desk.put(DESK_NAME, COUNTER)
        name_pin(data, PIN)
    finally:
        house.close()
    return report
