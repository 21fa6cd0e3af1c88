"""Screens in halls (大屏): each shows one city by a secret address, without anybody signing in there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Place


class HallScreen(models.Model):
    """A screen that shows a city to whoever stands before it; its address is kept as a keyed hash only.

    The first device on which somebody opens it until `bind_until` is the only one that it shows anything;
    `device_digest` is the keyed hash of what that device keeps, none while it was opened nowhere.
    """

    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    bind_until = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    device_digest = models.CharField(max_length=64, null=True, unique=True)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; whoever ended one is named with the time; a device is bound with the time."""

        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="ended_hall_screen_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(bound_at__isnull=True, device_digest__isnull=True)
                | models.Q(bound_at__isnull=False, device_digest__isnull=False),
                name="bound_hall_screen_is_whole",
            ),
        ]
