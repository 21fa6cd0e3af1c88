"""Tables of totals of use that are kept beside the settled months, and of what may have outdated them.

They hold nothing of their own: whoever asks gets the same figures without them, only later.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.ledger import WaterUser
from shuiheng.adapters.records.models.organisations import Place


class UseMark(models.Model):
    """Months in which something changed that totals follow from; the database itself writes it."""

    first = models.DateField()
    last = models.DateField(null=True)


class UseMonth(models.Model):
    """A month whose totals are kept; a stale one is added up by whoever asks, until it is renewed."""

    month = models.DateField(primary_key=True)
    is_stale = models.BooleanField(default=True)
    renewed_at = models.DateTimeField(null=True)


class KeptUse(models.Model):
    """Water of meters at the entrance in a month; the figures are those of `use_figures.Use`."""

    month = models.DateField()
    city = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    district = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    use_class = models.CharField(max_length=30, blank=True)
    division = models.CharField(max_length=2, blank=True)
    water_kind = models.CharField(max_length=30, blank=True)
    source_kind = models.CharField(max_length=12, blank=True)
    told_litres = models.BigIntegerField()
    estimated_litres = models.BigIntegerField()
    abstracted_litres = models.BigIntegerField()
    meters = models.BigIntegerField()
    silent = models.BigIntegerField()
    measured_seconds = models.BigIntegerField()
    spread_seconds = models.BigIntegerField()
    estimated_seconds = models.BigIntegerField()
    missing_seconds = models.BigIntegerField()
    weight_litres = models.BigIntegerField()

    class Meta:
        """No table of its own."""

        abstract = True


class UserUse(KeptUse):
    """Water of a user in a month, by kind of water and source; without a user, that of meters without one."""

    user = models.ForeignKey(WaterUser, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        """Those of a month, and those of a user, are found fast."""

        indexes: ClassVar = [
            models.Index(fields=["month"], name="user_use_of_month"),
            models.Index(fields=["user", "month"], name="user_use_of_user"),
        ]


class CityUse(KeptUse):
    """Water of all users in a month with district, class, division, kind of water and source in common."""

    class Meta:
        """Those of a month are found fast."""

        indexes: ClassVar = [models.Index(fields=["month"], name="city_use_of_month")]
