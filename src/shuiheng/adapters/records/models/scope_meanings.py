"""Table of what words for a part of a city mean there: 城区, 主城区, 缺水地区 and their like (范围口径)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Place


class ScopeKind(models.TextChoices):
    """What a word for a part of a city means: all of it, a part, or nothing that is there."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


class ScopeMeaning(models.Model):
    """What a word by which plans name a part of a city means there (范围口径); a later word supersedes it.

    `districts` are the keys of the districts of a part, by which cases are counted; of statistics a part has
    its own, which name it as their `member`. `kind` is `none` where the city has no such part, so that what
    a plan asks of it is not asked here.
    """

    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="scope_meanings")
    words = models.CharField(max_length=60)
    kind = models.CharField(max_length=5, choices=ScopeKind.choices)
    districts = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    said_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """By words; one meaning stands at a time, and what is not there has a reason."""

        ordering = ("words", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "words"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_scope_meaning_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ScopeKind.NONE) | ~models.Q(reason=""),
                name="no_such_scope_has_a_reason",
            ),
        ]
