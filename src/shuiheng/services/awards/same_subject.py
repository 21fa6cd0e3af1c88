"""Whether something was asked or paid for before: the same user, in any scheme, year and source of money.

Two awards are for the same when they name the same subject, or when they are of the same sort and the times
in which they were done overlap. Whose money it is changes nothing of that, but the office is told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from shuiheng.adapters.records.models import Award, AwardMatter, AwardState, WaterUser
from shuiheng.adapters.records.queries_awards import GRANTED
from shuiheng.services.awards.terms import Repeats, read_terms

GONE = (AwardState.REJECTED, AwardState.WITHDRAWN)
LONGEST = 120
UNLIKE = ("", AwardMatter.OTHER)
"""Sorts by which nothing is told: not said, and other."""


class Likeness(StrEnum):
    """What another award has in common."""

    SUBJECT = "subject"
    MATTER = "matter"
    PERIOD = "period"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another award for the same, and what it has in common."""

    award: Award
    in_common: tuple[Likeness, ...]

    @property
    def is_granted(self) -> bool:
        """Return whether it was approved or paid."""
        return is_granted(self.award)


def subject_key(subject: str) -> str:
    """Return a subject without case, width, blanks and signs, by which the same one is found."""
    plain = unicodedata.normalize("NFKC", subject).casefold()
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST]


def awards_alike(rows: QuerySet[Award], award: Award) -> Sequence[Alike]:
    """Return the other awards for the same, those that were granted first, then those with most in common.

    Entries of the ledger that were merged are one user. Where both schemes pay once in a year, the same
    subject in another year is no second payment, unless the times overlap.

    Args:
        rows: The awards among which is looked.
        award: The award, which may not be written yet.
    """
    same = Q(subject_key=award.subject_key)
    if award.matter not in UNLIKE and award.first is not None:
        same |= Q(matter=award.matter, first__lte=award.last, last__gte=award.first)
    found = rows.filter(same, user__in=entries_of(award.user)).exclude(pk=award.pk).exclude(state__in=GONE)
    found = found.select_related("scheme", "user__organisation").order_by("asked_at", "pk")
    alike = [Alike(award=row, in_common=_in_common(award, row)) for row in found]
    kept = [each for each in alike if not _is_of_another_year(award, each)]
    return sorted(kept, key=lambda each: (not each.is_granted, -len(each.in_common)))


def twin_of(award: Award) -> Award | None:
    """Return the award that is most alike, a granted one before one that is only asked for; or None."""
    alike = awards_alike(Award.objects.all(), award)
    return alike[0].award if alike else None


def is_granted(twin: Award | None) -> bool:
    """Return whether an award for the same was approved or paid."""
    return twin is not None and twin.state in GRANTED


def entries_of(user: WaterUser) -> list[int]:
    """Return the keys of all entries of the ledger that are this user, in order."""
    kept = user.merged_into_id or user.pk
    same = WaterUser.objects.filter(Q(pk=kept) | Q(merged_into=kept))
    return sorted(set(same.values_list("pk", flat=True)) | {user.pk})


def _in_common(award: Award, other: Award) -> tuple[Likeness, ...]:
    said = {
        Likeness.SUBJECT: award.subject_key == other.subject_key,
        Likeness.MATTER: award.matter == other.matter and award.matter not in UNLIKE,
        Likeness.PERIOD: _overlap(award, other),
        Likeness.MONEY: bool(award.scheme.money) and award.scheme.money == other.scheme.money,
    }
    return tuple(name for name, is_so in said.items() if is_so)


def _overlap(award: Award, other: Award) -> bool:
    """Return whether the times overlap in which two things were done; not where one is not said."""
    if award.first is None or award.last is None or other.first is None or other.last is None:
        return False
    return award.first <= other.last and other.first <= award.last


def _is_of_another_year(award: Award, alike: Alike) -> bool:
    here, there = read_terms(award.scheme.terms), read_terms(alike.award.scheme.terms)
    is_yearly = here.repeats is Repeats.YEARLY and there.repeats is Repeats.YEARLY
    is_other = is_yearly and award.scheme.year != alike.award.scheme.year
    return is_other and Likeness.PERIOD not in alike.in_common
