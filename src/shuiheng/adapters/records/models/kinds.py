"""Table of the kinds of programmes as a city writes them: versions through proposal and review."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Place


class LocalKindState(models.TextChoices):
    """How far the proposal of a version has come."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LocalKind(models.Model):
    """A version of a kind of programme that a city wrote (本市事项类别); its text never changes.

    `based_on` is the shipped version that stood when it was written. It holds for cases that are opened from
    `valid_from` on; a case keeps the version under which it was opened.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="local_kinds")
    kind = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField()
    valid_from = models.DateField()
    text = models.TextField()
    reason = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=LocalKindState.choices, default=LocalKindState.PROPOSED, db_index=True
    )
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest version first; a number stands once, and who wrote it does not decide on it."""

        ordering = ("kind", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "kind", "version"], name="one_version_of_a_local_kind"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="two_persons_for_a_local_kind",
            ),
        ]
