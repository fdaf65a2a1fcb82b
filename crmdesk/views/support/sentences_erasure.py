"""Sentences for refusals around erasing a person."""

from crmdesk.core.erasure import EraseRefusedError, InTheWay, Obstacle
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.money import Money
from crmdesk.views.support.sentence import Sentence, SentenceMap

_OBSTACLES: dict[str, str] = {
    Obstacle.OPEN_TICKET: mark("Ticket {number} is still open."),
    Obstacle.LOANER_OUT: mark("The loaner of {number} is not back yet."),
    Obstacle.DEPOSIT_HELD: mark("The deposit of {number} ({amount}) is not settled."),
    Obstacle.STORED_VALUE: mark("{amount} of stored value is to be paid back first."),
}


def obstacle_words(one: InTheWay) -> str:
    """Give the sentence for one thing that has to be settled first."""
    return gettext(_OBSTACLES[one.obstacle]).format(number=one.number, amount=f"¥{Money(one.fen).yuan_text()}")


def _open(error: EraseRefusedError) -> Sentence:
    return Sentence(
        gettext("This person cannot be erased yet."),
        "\n".join(obstacle_words(one) for one in error.in_the_way),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {EraseRefusedError: _open}
