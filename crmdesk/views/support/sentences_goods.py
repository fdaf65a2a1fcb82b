"""Sentences for refusals around goods in the shop: hand-over, shelves, reminders, uncollected goods."""

from crmdesk.core.clock import local_time
from crmdesk.core.goods_errors import (
    AlreadyHandedError,
    LetterMissingError,
    LetterWrittenError,
    NoFeeError,
    NothingTickedError,
    NotWaitingError,
    RemindedRecentlyError,
    ShelfFullError,
    ShelfInUseError,
    ShelfTakenError,
    TooEarlyError,
    UnknownShelfError,
)
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.uncollected import UncollectedStep
from crmdesk.views.support.days import day_text
from crmdesk.views.support.sentence import Sentence, SentenceMap

_ZONE = "Asia/Shanghai"
_STEPS: dict[str, str] = {
    UncollectedStep.REMIND: mark("The first reminder of {number} is due on {day}."),
    UncollectedStep.WRITE: mark("The letter about {number} is due on {day}."),
    UncollectedStep.DECIDE: mark("The owner may decide about {number} from {day}."),
}


def _unchanged() -> str:
    return gettext("Nothing was changed.")


def _nothing(_error: NothingTickedError) -> Sentence:
    return Sentence(gettext("Nothing is ticked as handed over."), gettext("Tick what the customer takes."))


def _already(error: AlreadyHandedError) -> Sentence:
    names = gettext(", ").join(error.names)
    return Sentence(
        gettext("Handed over before: {names}.").format(names=names),
        gettext("Look at the order again; somebody else may have been faster."),
        _unchanged(),
    )


def _unknown_shelf(error: UnknownShelfError) -> Sentence:
    do = gettext("Scan the label on the shelf, or add the shelf in the settings.")
    if error.codes:
        do = gettext("Shelves with room: {codes}.").format(codes=gettext(", ").join(error.codes))
    return Sentence(gettext("“{code}” is no shelf of this store.").format(code=error.code), do, _unchanged())


def _full(error: ShelfFullError) -> Sentence:
    said = ngettext(
        "Shelf {code} takes {count} thing and is full.", "Shelf {code} takes {count} things and is full.", error.room
    ).format(code=error.code, count=error.room)
    do = gettext("Take another shelf.")
    if error.free:
        do = gettext("There is room on shelf {code}.").format(code=error.free)
    return Sentence(said, do, _unchanged())


def _taken(error: ShelfTakenError) -> Sentence:
    return Sentence(
        gettext("There is a shelf {code} already.").format(code=error.code),
        gettext("Choose another code."),
        _unchanged(),
    )


def _in_use(error: ShelfInUseError) -> Sentence:
    return Sentence(
        ngettext("{count} thing lies on shelf {code}.", "{count} things lie on shelf {code}.", error.count).format(
            code=error.code, count=error.count
        ),
        gettext("Move the goods to another shelf first."),
        _unchanged(),
    )


def _not_waiting(error: NotWaitingError) -> Sentence:
    return Sentence(
        gettext("{number} does not wait to be collected, or the customer was not told yet.").format(
            number=error.number
        ),
        gettext("Tell the customer first that the goods are ready."),
        _unchanged(),
    )


def _recently(error: RemindedRecentlyError) -> Sentence:
    moment = local_time(error.next_at, _ZONE)
    return Sentence(
        ngettext(
            "{number} was reminded less than {count} hour ago.",
            "{number} was reminded less than {count} hours ago.",
            error.hours,
        ).format(number=error.number, count=error.hours),
        gettext("Remind again from {day} {time}.").format(day=day_text(moment.date()), time=f"{moment:%H:%M}"),
        _unchanged(),
    )


def _too_early(error: TooEarlyError) -> Sentence:
    if error.day is None:
        return Sentence(
            gettext("This store does not decide about goods that nobody collects."),
            gettext("The owner sets after how many days that is done."),
            _unchanged(),
        )
    said = gettext(_STEPS.get(error.step, _STEPS[UncollectedStep.REMIND]))
    return Sentence(
        said.format(number=error.number, day=day_text(error.day)), gettext("Wait until then."), _unchanged()
    )


def _letter_missing(error: LetterMissingError) -> Sentence:
    return Sentence(
        gettext("No letter about {number} has gone out yet.").format(number=error.number),
        gettext("Write the letter first."),
        _unchanged(),
    )


def _letter_written(error: LetterWrittenError) -> Sentence:
    return Sentence(
        gettext("The letter about {number} went out on {day}.").format(number=error.number, day=day_text(error.day)),
        gettext("Print it again from the papers."),
        _unchanged(),
    )


def _no_fee(error: NoFeeError) -> Sentence:
    return Sentence(
        gettext("There is no storage fee to charge on {number} today.").format(number=error.number),
        gettext("The fee counts in days from the letter, and only where the owner has set one."),
        _unchanged(),
    )


SENTENCES: SentenceMap = {
    NothingTickedError: _nothing,
    AlreadyHandedError: _already,
    UnknownShelfError: _unknown_shelf,
    ShelfFullError: _full,
    ShelfTakenError: _taken,
    ShelfInUseError: _in_use,
    NotWaitingError: _not_waiting,
    RemindedRecentlyError: _recently,
    TooEarlyError: _too_early,
    LetterMissingError: _letter_missing,
    LetterWrittenError: _letter_written,
    NoFeeError: _no_fee,
}
