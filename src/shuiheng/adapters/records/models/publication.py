"""Tables of what a city tells the public of its progress: editions, frozen when they are drafted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Place


class EditionState(models.TextChoices):
    """How far an edition has come; one at a time is published."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class PublicEdition(models.Model):
    """What a city publishes of its progress on a day (进展公开); one person drafts it, another publishes.

    `content` is all that readers see, with definition, source and day of each number, and with the cells
    that are withheld. It is never changed; a later edition takes its place. `users` is what stands behind its
    table of use, by key of user; readers see none of it, the next edition is compared with it.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    on = models.DateField()
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFTED)
    licence = models.CharField(max_length=600)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    users = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; numbered by city; one published at a time, by a second person."""

        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "number"], name="editions_are_numbered"),
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(state=EditionState.PUBLISHED),
                name="one_published_edition",
            ),
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(state=EditionState.DRAFTED), name="one_drafted_edition"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("drafted_by")),
                name="two_persons_publish_progress",
            ),
        ]
