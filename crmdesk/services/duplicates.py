"""The search for lookalikes over all files in short transactions, and what people decide about what it finds (M7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.duplicates import NEXT_STAGE, SweepStage, read_scores, total, write_scores
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.ids import new_id
from crmdesk.core.member_words import PairReason, PairState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.db.rows import append
from crmdesk.models.household import HouseholdPerson
from crmdesk.models.member import Member
from crmdesk.models.merge import DuplicatePair, DuplicateSweep
from crmdesk.services import audit, households, merge_pairs
from crmdesk.services.duplicate_search import Scores, search
from crmdesk.services.households import SameHousehold

# A search that nobody asked for is made once in so long.
AGAIN_AFTER: Final = timedelta(hours=20)
_ONLY_FAMILY: Final = 60
_AT_ONCE: Final = 400
_QUIET: Final = {"synchronize_session": False}
_CHANGED: Final = frozenset({Topic.MEMBERS})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the search stands; ``finished_at`` is the end of the last whole one."""

    stage: SweepStage
    position: str
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        """Tell whether there is something left to look through."""
        return self.stage is not SweepStage.DONE


@dataclass(frozen=True, slots=True)
class Decide:
    """What a person says about a pair as it was seen; ``name`` is that of a household to be made."""

    pair_id: int
    seen_version: int
    state: PairState
    name: str = ""


def begin(session: Session, context: Context) -> Outcome[Standing]:
    """Begin to search, or go on with a search that was stopped.

    Raises:
        NotAllowedError: the person may not merge.
    """
    context.require(Right.MERGE)
    return Outcome(_standing(_begun(session, context)))


def begin_nightly(session: Session, context: Context) -> Outcome[Standing]:
    """Begin the search of the day unless one has just been made; one that was stopped goes on."""
    sweep = session.get(DuplicateSweep, context.store.id)
    lately = sweep is not None and sweep.finished_at is not None and context.now() - sweep.finished_at < AGAIN_AFTER
    if sweep is not None and lately and sweep.stage is SweepStage.DONE:
        return Outcome(_standing(sweep))
    return Outcome(_standing(_begun(session, context)))


def step(session: Session, context: Context) -> Outcome[Standing]:
    """Look through the next chunk and keep what was found; every call is a short transaction of its own."""
    sweep = session.get(DuplicateSweep, context.store.id)
    if sweep is None or sweep.stage is SweepStage.DONE:
        return Outcome(_standing(sweep or _begun(session, context)))
    chunk = search(session, sweep.stage, sweep.position, context)
    _keep(session, chunk.scores, sweep, context)
    if chunk.position is not None:
        sweep.position = chunk.position
    else:
        sweep.stage, sweep.position = NEXT_STAGE[sweep.stage], ""
    if sweep.stage is SweepStage.DONE:
        _let_go_of_old(session, sweep)
        sweep.finished_at = context.now()
    # Screens read again when all is looked through, not with every step.
    return Outcome(_standing(sweep), _CHANGED if sweep.stage is SweepStage.DONE else frozenset())


def decide(session: Session, request: Decide, context: Context) -> Outcome[PairState]:
    """Say that two files are different people or one household; the pair never comes back.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such pair.
        StaleError: somebody decided meanwhile.
    """
    context.require(Right.EDIT_MEMBERS)
    pair = session.get(DuplicatePair, request.pair_id)
    if pair is None:
        raise NotFoundError(EntityKind.MEMBER, str(request.pair_id))
    if pair.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, pair.id, request.seen_version, pair.version)
    return _decided(session, (pair.first_id, pair.second_id), request.state, request.name, context)


def say(
    session: Session, first_id: int, second_id: int, state: PairState, context: Context, *, name: str = ""
) -> Outcome[PairState]:
    """Say the same of two files that a form shows, listed or not.

    Raises:
        NotAllowedError: the person may not edit members.
    """
    context.require(Right.EDIT_MEMBERS)
    return _decided(session, (first_id, second_id), state, name, context)


def _decided(
    session: Session, both: tuple[int, int], state: PairState, name: str, context: Context
) -> Outcome[PairState]:
    if state is PairState.HOUSEHOLD:
        other = session.get_one(Member, both[0])
        households.same_household(session, SameHousehold(both[1], both[0], name or other.name), context)
    merge_pairs.decide(session, *both, state, context)
    facts: dict[str, str | int | bool | None] = {"other": both[1], "state": state.value}
    audit.record(session, context, "member.pair", (EntityKind.MEMBER, both[0]), facts)
    return Outcome(state, _CHANGED)


def _begun(session: Session, context: Context) -> DuplicateSweep:
    sweep = session.get(DuplicateSweep, context.store.id)
    if sweep is None:
        sweep = DuplicateSweep(store_id=context.store.id, stage=SweepStage.DONE, started_at=context.now())
        session.add(sweep)
    if sweep.stage is SweepStage.DONE:
        sweep.stage, sweep.position, sweep.started_at = SweepStage.PHONES, "", context.now()
    session.flush()
    return sweep


def _standing(sweep: DuplicateSweep) -> Standing:
    return Standing(sweep.stage, sweep.position, sweep.finished_at)


def _keep(session: Session, scores: Scores, sweep: DuplicateSweep, context: Context) -> None:
    """Keep pairs that were found; those that somebody decided stay as they are."""
    if not scores:
        return
    known = _known(session, {low for low, _ in scores})
    family = _families(session, {key for pair in scores for key in pair})
    new = []
    for pair, found in scores.items():
        if total(found)[1] < _ONLY_FAMILY and family.get(pair[0], set()) & family.get(pair[1], set()):
            continue
        row = known.get(pair)
        if row is None:
            new.append(_row(pair, found, context))
        elif row.state is PairState.OPEN:
            earlier = read_scores(row.detail) if row.found_at >= sweep.started_at else {}
            both = earlier | found
            row.reason, row.score = total(both)
            row.detail, row.found_at = write_scores(both), context.now()
    append(session, DuplicatePair, *new)


def _row(pair: tuple[int, int], found: dict[PairReason, int], context: Context) -> dict[str, object]:
    reason, score = total(found)
    return {
        "id": new_id(),
        "store_id": context.store.id,
        "first_id": pair[0],
        "second_id": pair[1],
        "reason": reason,
        "score": score,
        "detail": write_scores(found),
        "found_at": context.now(),
    }


def _known(session: Session, firsts: set[int]) -> dict[tuple[int, int], DuplicatePair]:
    keys, found = sorted(firsts), dict[tuple[int, int], DuplicatePair]()
    for at in range(0, len(keys), _AT_ONCE):
        wanted = select(DuplicatePair).where(DuplicatePair.first_id.in_(keys[at : at + _AT_ONCE]))
        found |= {(pair.first_id, pair.second_id): pair for pair in session.scalars(wanted)}
    return found


def _families(session: Session, people: set[int]) -> dict[int, set[int]]:
    keys, found = sorted(people), dict[int, set[int]]()
    for at in range(0, len(keys), _AT_ONCE):
        wanted = select(HouseholdPerson.member_id, HouseholdPerson.household_id).where(
            HouseholdPerson.member_id.in_(keys[at : at + _AT_ONCE])
        )
        for member, household in session.execute(wanted):
            found.setdefault(member, set()).add(household)
    return found


def _let_go_of_old(session: Session, sweep: DuplicateSweep) -> None:
    """Take undecided pairs away that the whole search did not find again: a phone or name was put right."""
    old = delete(DuplicatePair).where(
        DuplicatePair.store_id == sweep.store_id,
        DuplicatePair.state == PairState.OPEN,
        DuplicatePair.found_at < sweep.started_at,
    )
    session.flush()
    session.execute(old, execution_options=_QUIET)
