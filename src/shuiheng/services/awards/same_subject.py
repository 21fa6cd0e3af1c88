"""Whether something was asked or paid for before: same user and subject, in any scheme and year."""

from __future__ import annotations

import unicodedata

from django.db.models import Q

from shuiheng.adapters.records.models import Award, AwardState, WaterUser
from shuiheng.services.awards.terms import Repeats, read_terms

GONE = (AwardState.REJECTED, AwardState.WITHDRAWN)
GRANTED = (AwardState.APPROVED, AwardState.PAID)
LONGEST = 120


def subject_key(subject: str) -> str:
    """Return a subject without case, width, blanks and signs, by which the same one is found."""
    plain = unicodedata.normalize("NFKC", subject).casefold()
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST]


def twin_of(award: Award) -> Award | None:
    """Return another award for the same, a granted one before one that is only asked for; or None.

    Entries of the ledger that were merged are one user. Where both schemes pay once in a year, the same
    subject in another year is no second payment.
    """
    rows = Award.objects.filter(subject_key=award.subject_key, user__in=_one_user(award.user))
    rows = rows.exclude(pk=award.pk).exclude(state__in=GONE).select_related("scheme")
    found = [row for row in rows.order_by("asked_at", "pk") if not _is_of_another_year(award, row)]
    return min(found, key=lambda row: row.state not in GRANTED, default=None)


def is_granted(twin: Award | None) -> bool:
    """Return whether an award for the same was approved or paid."""
    return twin is not None and twin.state in GRANTED


def _one_user(user: WaterUser) -> set[int]:
    """Return the keys of all entries of the ledger that are this user."""
    kept = user.merged_into_id or user.pk
    same = WaterUser.objects.filter(Q(pk=kept) | Q(merged_into=kept))
    return set(same.values_list("pk", flat=True)) | {user.pk}


def _is_of_another_year(award: Award, other: Award) -> bool:
    here, there = read_terms(award.scheme.terms), read_terms(other.scheme.terms)
    is_yearly = here.repeats is Repeats.YEARLY and there.repeats is Repeats.YEARLY
    return is_yearly and award.scheme.year != other.scheme.year
