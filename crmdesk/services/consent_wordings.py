"""Keeping the words that customers agree to: versions are added; one that somebody agreed to never changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.consents import BUILT_IN_WORDING, WordingInUseError
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_note
from crmdesk.core.topics import Topic
from crmdesk.models.access import ConsentWording
from crmdesk.models.callback import Consent
from crmdesk.services import audit


@dataclass(frozen=True, slots=True)
class KeepWording:
    """The words of one version by language; a version that is there and not in use is replaced."""

    purpose: ConsentPurpose
    code: str
    words: Mapping[str, str]


def keep(session: Session, request: KeepWording, context: Context) -> Outcome[str]:
    """Keep a version; it holds from today on. Gives its code.

    Raises:
        NotAllowedError: the person may not change settings.
        InvalidFieldError: no code, or no words in any language.
        WordingInUseError: somebody agreed to this version already.
    """
    context.require(Right.SETTINGS)
    code = clean_code(request.code)
    words = {language: text for language, said in request.words.items() if (text := clean_note(said))}
    if not code:
        raise InvalidFieldError("code", "empty")
    if not words:
        raise InvalidFieldError("words", "empty")
    used = select(exists().where(Consent.purpose == request.purpose, Consent.wording == code))
    if code == BUILT_IN_WORDING or session.scalar(used):
        raise WordingInUseError(code)
    mine = (
        ConsentWording.store_id == context.store.id,
        ConsentWording.purpose == request.purpose,
        ConsentWording.code == code,
    )
    for old in session.scalars(select(ConsentWording).where(*mine)).all():
        session.delete(old)
    session.flush()
    session.add_all(
        ConsentWording(
            store_id=context.store.id,
            purpose=request.purpose,
            code=code,
            language=language,
            words=text,
            since=context.today(),
        )
        for language, text in words.items()
    )
    detail: audit.Detail = {"purpose": request.purpose.value, "code": code}
    audit.record(session, context, "consent.wording", (EntityKind.STORE, context.store.id), detail)
    return Outcome(code, frozenset({Topic.SETTINGS}))
