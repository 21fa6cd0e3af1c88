"""Which other entries of the ledger may be the same water user."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from shuiheng.adapters.records.models import UserFact, WaterUser
from shuiheng.services.name_initials import name_initials
from shuiheng.services.permission import Action, Actor
from shuiheng.services.scope import scope

_ENDINGS = ("有限责任公司", "股份有限公司", "有限公司", "集团", "公司", "厂")
_MARKS = "()（）[]【】「」·•.-—_ \t"
HEAD_LETTERS = 4
LOOKED_AT, SHOWN = 300, 10
LIKE_ENOUGH = 0.55  # share of pairs of signs that two names have in common


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeUser:
    """Another entry, and whether its code or only its name speaks for its being the same."""

    fact: UserFact
    has_same_code: bool
    likeness: float


def like_users(actor: Actor, user: WaterUser) -> Sequence[LikeUser]:
    """Return entries that may be the same user, those with the same code first, then by likeness of name.

    A name that begins otherwise is not looked at; whoever knows better enters the number.
    """
    own = user.facts.filter(superseded_at__isnull=True).order_by("-valid_from").first()
    if own is None:
        return []
    head = name_initials(core_name(own.name))[:HEAD_LETTERS]
    wanted = Q(initials__startswith=head) if head else Q(pk__in=())
    if own.credit_code:
        wanted |= Q(credit_code=own.credit_code)
    rows = scope(actor, Action.LEDGER_EDIT, UserFact).filter(
        wanted,
        superseded_at__isnull=True,
        valid_to__isnull=True,
        subject__city=user.city_id,
        subject__merged_into__isnull=True,
    )
    found = []
    for fact in rows.exclude(subject=user).select_related("subject", "district")[:LOOKED_AT]:
        is_same = bool(own.credit_code) and fact.credit_code == own.credit_code
        share = likeness(own.name, fact.name)
        if is_same or share >= LIKE_ENOUGH:
            found.append(LikeUser(fact=fact, has_same_code=is_same, likeness=share))
    found.sort(key=lambda each: (not each.has_same_code, -each.likeness, each.fact.subject.number))
    return found[:SHOWN]


def core_name(name: str) -> str:
    """Return a name without brackets, blanks and the ending that says its legal form; for comparing only."""
    plain = unicodedata.normalize("NFKC", name)
    plain = "".join(sign for sign in plain if sign not in _MARKS)
    ending = next((each for each in _ENDINGS if plain.endswith(each) and plain != each), "")
    return plain.removesuffix(ending)


def likeness(first: str, second: str) -> float:
    """Return the share of pairs of neighbouring signs that two names have in common, from 0 to 1."""
    left, right = (_pairs(core_name(each)) for each in (first, second))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(max(1, len(name) - 1))} - {""}
