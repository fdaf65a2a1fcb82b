"""``demo``: a believable store, one day of work in it, and what that leaves: papers, workbooks, pictures."""

import argparse
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.frame import Exit, Subparsers, answer, command, complain
from crmdesk.core.clock import SystemClock
from crmdesk.core.i18n import LANGUAGES, set_language

if TYPE_CHECKING:
    from crmdesk.demo.day import DayReport

_MEMBERS = 260


def add(subparsers: Subparsers) -> None:
    """Add the command of this group."""
    demo = command(subparsers, "demo", "make a believable store and carry out a day of work in it", run)
    demo.add_argument("--out", metavar="DIR", type=Path, required=True, help="an empty folder, or a new one")
    demo.add_argument("--members", metavar="N", type=int, default=_MEMBERS, help="about so many members")
    demo.add_argument("--seed", metavar="N", type=int, default=1, help="another number makes another store")
    demo.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="of papers, lists and pictures")
    demo.add_argument("--day", metavar="DAY", type=date.fromisoformat, help="the day that is shown; today without it")
    demo.add_argument("--no-pictures", action="store_true", help="make no pictures of the screens")


def run(options: argparse.Namespace) -> int:
    """Make the store, carry out the day, take the pictures."""
    from crmdesk.demo.whole import STORE, DemoPlan, make_demo
    from crmdesk.demo.year import ZONE

    if (options.out / STORE).exists():
        complain(f"{options.out / STORE} is there already; choose another folder")
        return Exit.FAILED
    set_language(options.lang)
    shown = options.day and _evening(options.day, ZONE)
    report = make_demo(DemoPlan(options.out, options.members, options.seed, shown), SystemClock(), _tell)
    pictures = 0 if options.no_pictures else _take_pictures(options, report)
    value = {**report.value, "pictures": pictures}
    answer(options, value, _lines(options, report, pictures))
    return Exit.OK if report.agrees and (pictures or options.no_pictures) else Exit.FAILED


def _take_pictures(options: argparse.Namespace, report: "DayReport") -> int:
    from crmdesk.demo.pictures import PicturePlan, take_all

    _tell("pictures of every screen")
    taken = take_all(PicturePlan(options.out, options.out / "pictures", report.moment, options.lang))
    for name, why in taken.missed.items():
        complain(f"no picture of {name}: {why}")
    return 0 if taken.missed else len(taken.files)


def _lines(options: argparse.Namespace, report: "DayReport", pictures: int) -> list[str]:
    from crmdesk.demo.shop import PIN
    from crmdesk.demo.whole import STORE

    out = options.out
    unequal = [name for name, check in report.checks.items() if not check["equal"]]
    found = [f"differs: {name} {report.checks[name]}" for name in unequal]
    return [
        f"{len(report.papers)} papers in {out / 'papers'}",
        f"lists in {out / 'lists'}, the owner's workbook {out / 'owner.xlsx'}",
        *([f"{pictures} pictures in {out / 'pictures'}"] if pictures else []),
        f"what was done: {out / 'day.json'}, {len(report.checks)} checks, {len(unequal)} differ",
        *found,
        f"open the store: crmdesk --data {out / STORE}   everybody's PIN is {PIN}",
    ]


def _evening(day: date, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(20), tzinfo=ZoneInfo(zone))


def _tell(words: str) -> None:
    print(f"demo: {words}", file=sys.stderr, flush=True)
