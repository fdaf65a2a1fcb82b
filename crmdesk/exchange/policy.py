"""What a list may do to members who are on file: field by field, and by which key they are known."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from crmdesk.exchange.fields import BALANCES, Field, ImportKind, MemberField


class FieldRule(StrEnum):
    """What becomes of a value that is on file when the list has one too."""

    FILL = "fill"  # only what is empty is filled
    OVERWRITE = "overwrite"  # the list wins
    KEEP = "keep"  # the store wins, even where nothing stands


class MatchKey(StrEnum):
    """By what a row's member is known."""

    ANY = "any"  # number, then card, then phone with name
    MEMBER_NUMBER = "member_number"
    CARD = "card"
    PHONE = "phone"


_PLAIN: Final = (
    MemberField.GENDER,
    MemberField.BIRTHDAY,
    MemberField.LEVEL,
    MemberField.CARE_CLASS,
    MemberField.ADDRESS,
    MemberField.EMAIL,
    MemberField.OCCUPATION,
    MemberField.INDUSTRY,
    MemberField.GARMENT_SIZE,
    MemberField.SHOE_SIZE,
    MemberField.TASTES,
    MemberField.GIFT_PREFERENCE,
    MemberField.CONSUMPTION,
    MemberField.SOURCE,
    MemberField.GUIDE,
    MemberField.TAGS,
    MemberField.NOTE,
)
_ALL: Final = (FieldRule.FILL, FieldRule.OVERWRITE, FieldRule.KEEP)
_NEVER_EMPTY: Final = (FieldRule.KEEP, FieldRule.OVERWRITE)
_ADDED: Final = (FieldRule.FILL, FieldRule.KEEP)
# Which rules a field can have; the first is the one it has unless somebody chooses. Fields not named have none.
RULES: Final[dict[ImportKind, dict[Field, tuple[FieldRule, ...]]]] = {
    ImportKind.MEMBERS: {
        MemberField.NAME: _NEVER_EMPTY,
        MemberField.JOINED: _NEVER_EMPTY,
        **dict.fromkeys(_PLAIN, _ALL),
        **dict.fromkeys((MemberField.PHONE, MemberField.CARD, MemberField.WECHAT, MemberField.INCOME), _ADDED),
        **dict.fromkeys(BALANCES, _ADDED),
    },
    ImportKind.PURCHASES: {},
    ImportKind.BALANCES: dict.fromkeys(BALANCES, (FieldRule.OVERWRITE, FieldRule.FILL, FieldRule.KEEP)),
    ImportKind.CARDS: {
        MemberField.CARD_STATE: (FieldRule.OVERWRITE, FieldRule.KEEP),
        MemberField.LEVEL: (FieldRule.OVERWRITE, FieldRule.KEEP),
        MemberField.VALID_UNTIL: _ALL,
    },
    ImportKind.TAGS: {MemberField.TAGS: _ALL},
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that differ from the usual ones, and the key."""

    kind: ImportKind
    chosen: tuple[tuple[Field, FieldRule], ...] = ()
    key: MatchKey = MatchKey.ANY

    def rule(self, field: Field) -> FieldRule:
        """Give the rule of a field."""
        usual = RULES[self.kind].get(field, (FieldRule.FILL,))[0]
        return dict(self.chosen).get(field, usual)

    def with_rule(self, field: Field, rule: FieldRule) -> "Policy":
        """Give the same policy with another rule for one field; a rule that the field cannot have is left out."""
        if rule not in RULES[self.kind].get(field, ()):
            return self
        rest = tuple(pair for pair in self.chosen if pair[0] != field)
        return replace(self, chosen=(*rest, (field, rule)))

    def with_key(self, key: MatchKey) -> "Policy":
        """Give the same policy with another key."""
        return replace(self, key=key)

    def to_json(self) -> str:
        """Give the policy as text."""
        rules = {field.value: rule.value for field, rule in self.chosen}
        return json.dumps({"key": self.key.value, "rules": rules}, ensure_ascii=False)


def policy_from_json(text: str, kind: ImportKind) -> Policy:
    """Give the policy that a text describes; what it does not know is passed over."""
    try:
        content = json.loads(text or "{}")
    except (ValueError, RecursionError):
        content = {}
    found = Policy(kind)
    if not isinstance(content, dict):
        return found
    keys = {key.value: key for key in MatchKey}
    found = found.with_key(keys.get(str(content.get("key")), MatchKey.ANY))
    rules = {rule.value: rule for rule in FieldRule}
    said = content.get("rules")
    fields = {field.value: field for field in RULES[kind]}
    for name, value in said.items() if isinstance(said, dict) else ():
        if name in fields and value in rules:
            found = found.with_rule(fields[name], rules[value])
    return found
