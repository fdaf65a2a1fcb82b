"""The demonstration day: every main job of a store once, through the services and papers that the program uses."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.core.i18n import current_language
from crmdesk.db.photo_store import PhotoStore
from crmdesk.demo.day_away import care_for_batches
from crmdesk.demo.day_calls import call_members
from crmdesk.demo.day_cards import issue_and_replace
from crmdesk.demo.day_cases import ComplaintOfTheDay
from crmdesk.demo.day_counter import leave_to_be_judged, repair_while_lent, wait_for_answer
from crmdesk.demo.day_desk import DayDesk, Note
from crmdesk.demo.day_finding import find_all
from crmdesk.demo.day_goods import (
    come_back,
    hand_over_in_parts,
    post_boots,
    print_report_and_labels,
    settle_fee,
    write_about_uncollected,
)
from crmdesk.demo.day_imports import bring_members_in, bring_purchases_in
from crmdesk.demo.day_lists import write_lists
from crmdesk.demo.day_repairs import RepairOfTheDay, meet_somebody_new
from crmdesk.demo.day_returns import take_return_back, take_three_back
from crmdesk.demo.shop import PIN
from crmdesk.demo.year import Year
from crmdesk.services.maintenance import check_store

REPORT: Final = "day.json"
# Tables whose rows are counted before and after the day.
COUNTED: Final = (
    "member",
    "ticket",
    "loan",
    "deposit_entry",
    "card",
    "quote",
    "approval",
    "judgement",
    "payment",
    "photo",
    "purchase",
    "purchase_line",
    "complaint",
    "return_line",
    "contact",
    "paper",
    "import_run",
    "batch_line",
    "reminder",
    "posting",
    "charge",
    "hand_over",
    "signature",
    "complaint_task",
    "complaint_proposal",
)


@dataclass(frozen=True, slots=True)
class DayReport:
    """What the day did.

    Attributes:
        value: as ``day.json`` says it.
        papers: the papers that were made.
        checks: what was expected, what was found.
        moment: at which the day's work ended.
    """

    value: Mapping[str, Note]
    papers: Sequence[Mapping[str, Note]]
    checks: Mapping[str, Mapping[str, Note]]
    moment: datetime

    @property
    def agrees(self) -> bool:
        """Tell whether everything expected is in the database."""
        return _all_equal(self.checks)


def run_day(
    year: Year, out: Path, photos: PhotoStore, seed: int, told: Callable[[str], None] = lambda _words: None
) -> DayReport:
    """Carry out the day on a store that the year left, and write papers, lists, workbook and ``day.json``.

    Args:
        year: the store on the morning of the day.
        out: where ``papers``, ``lists``, ``owner.xlsx`` and ``day.json`` go.
        photos: the store's photographs.
        seed: of what is made up on the way.
        told: hears one line a step.
    """
    desk = DayDesk(year, out, current_language(), photos)
    before = desk.ask(_counts)
    rng = Random(seed)  # noqa: S311 - believable, not secret
    for words, step in _steps(desk, rng):
        told(words)
        step()
    after = desk.ask(_counts)
    for table in COUNTED:
        desk.book.check(f"rows added to {table}", desk.book.rows[table], after[table] - before[table])
    report = desk.ask(check_store, thorough=True)
    desk.book.check("the store's file, its references and its audit are whole", expected=True, found=report.whole)
    return _write(desk, after, seed)


def _steps(desk: DayDesk, rng: Random) -> list[tuple[str, Callable[[], None]]]:
    repair = RepairOfTheDay(desk)
    return [
        ("importing members", lambda: bring_members_in(desk, rng)),
        ("finding", lambda: find_all(desk)),
        ("somebody new at the counter", lambda: wait_for_answer(desk, meet_somebody_new(desk))),
        ("a repair with a loaner", repair.take_in),
        ("a letter about goods that nobody fetches", lambda: write_about_uncollected(desk)),
        ("judgement, quote, telephone", repair.agree),
        ("batches", lambda: care_for_batches(desk)),
        ("a complaint and its letter", ComplaintOfTheDay(desk).carry_through),
        ("boots by courier", lambda: post_boots(desk)),
        ("a suitcase fetched without its lock", lambda: hand_over_in_parts(desk)),
        ("a suitcase that came back", lambda: come_back(desk)),
        ("the fee for a broken loaner", lambda: settle_fee(desk)),
        ("a suitcase that nobody has judged yet", lambda: leave_to_be_judged(desk)),
        ("a bag that is ready while its loaner is out", lambda: repair_while_lent(desk)),
        ("a return", lambda: take_return_back(desk)),
        ("three pieces returned", lambda: take_three_back(desk)),
        ("work, check, telling", repair.mend),
        ("calls", lambda: call_members(desk)),
        ("handing back", repair.hand_back),
        ("a report and labels", lambda: print_report_and_labels(desk)),
        ("cards", lambda: issue_and_replace(desk)),
        ("the till's receipts", lambda: bring_purchases_in(desk, rng)),
        ("lists, the owner's workbook", lambda: write_lists(desk)),
    ]


def _counts(session: Session) -> dict[str, int]:
    return {table: session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in COUNTED}  # noqa: S608


def _write(desk: DayDesk, counts: Mapping[str, int], seed: int) -> DayReport:
    book = desk.book
    value: dict[str, Note] = {
        "day": desk.clerk.today().isoformat(),
        "moment": desk.now().isoformat(),
        "store": desk.clerk.store.name,
        "language": desk.language,
        "seed": seed,
        "pin": PIN,
        "steps": {name: book.steps[name] for name in sorted(book.steps)},
        "papers": list(book.papers),
        "rows": dict(counts),
        "added": {table: book.rows[table] for table in COUNTED},
        "checks": dict(book.checks),
        "agrees": _all_equal(book.checks),
    }
    (desk.out / REPORT).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return DayReport(value, book.papers, book.checks, desk.now())


def _all_equal(checks: Mapping[str, Mapping[str, Note]]) -> bool:
    return all(check["equal"] is True for check in checks.values())
