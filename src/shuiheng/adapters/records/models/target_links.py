"""Table of what persons said about how a target is counted, beside what the program proposed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.register import RegisterTarget


class LinkVerdict(models.TextChoices):
    """What a person said of a proposed link: it holds, another one does, or nothing counts here."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    NOT_COUNTED = "not_counted"


class TargetLinkChoice(models.Model):
    """What a person said serves a target (目标挂接); a later word supersedes it, none is deleted.

    `proposed` is what the program proposed on that day, `chosen` what holds: both are
    `services.cases.link_json` (counts of programmes, indicator, level, way, first day). `chosen` is empty
    where nothing of this program counts the target, and `reason` says why.
    """

    target = models.ForeignKey(RegisterTarget, on_delete=models.PROTECT, related_name="link_choices")
    verdict = models.CharField(max_length=12, choices=LinkVerdict.choices)
    proposed = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    chosen_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; one word stands at a time; nothing counts only with a reason."""

        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_link_choice_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict=LinkVerdict.NOT_COUNTED) | ~models.Q(reason=""),
                name="not_counted_has_a_reason",
            ),
        ]
