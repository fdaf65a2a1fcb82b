"""Sentences of merges: what stands in the way of making two files one, or of taking that back."""

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import LedgerKind
from crmdesk.core.merge_errors import (
    AlreadyMergedError,
    MergeUndoneError,
    SameFileError,
    SharedBalanceSpentError,
    UndoOrderError,
    UndoTooLateError,
)
from crmdesk.core.money import Money
from crmdesk.views.support.days import day_text
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _same_file(_error: SameFileError) -> Sentence:
    return Sentence(
        gettext("Both are the same file."),
        gettext("A file is merged with another one. Look for the second file of this person."),
    )


def _already_merged(error: AlreadyMergedError) -> Sentence:
    return Sentence(
        gettext("{number} is part of {into} already.").format(number=error.number, into=error.into),
        gettext("Perhaps another desk was quicker. Open {into} to see everything.").format(into=error.into),
    )


def _already_undone(_error: MergeUndoneError) -> Sentence:
    return Sentence(
        gettext("This merge was taken back already."), gettext("Both files are there again; nothing was done.")
    )


def _too_late(error: UndoTooLateError) -> Sentence:
    return Sentence(
        gettext("This merge cannot be taken back any more."),
        gettext("That was possible until {day}. Make a new file for the second person.").format(
            day=day_text(error.until)
        ),
    )


def _order(error: UndoOrderError) -> Sentence:
    return Sentence(
        gettext("A later merge comes first."),
        gettext("{gone} was merged into {kept} after this one. Take that back, then this.").format(
            gone=error.gone, kept=error.kept
        ),
    )


def _spent(error: SharedBalanceSpentError) -> Sentence:
    missing = str(error.missing) if error.kind is LedgerKind.POINTS else Money(error.missing).yuan_text()
    return Sentence(
        gettext("What both files had together was spent since."),
        gettext(
            "{balance}: {missing} are missing in the file that stays. Put them right by hand, then try again."
        ).format(balance=label(error.kind), missing=missing),
    )


SENTENCES: SentenceMap = {
    SameFileError: _same_file,
    AlreadyMergedError: _already_merged,
    MergeUndoneError: _already_undone,
    UndoTooLateError: _too_late,
    UndoOrderError: _order,
    SharedBalanceSpentError: _spent,
}
