"""Workbooks of statistics (统计数据工作簿): checked, then entered as a whole, or undone."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place


class StatisticBatch(models.Model):
    """A workbook of statistics that somebody sent.

    Its facts carry its `sha256` as their batch. `content` holds what the check found: counts, differences
    from what stood, findings with their cells. `state` is `checked`, `taken` or `undone`.
    """

    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="statistic_batches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="statistic_batches")
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=160, blank=True)
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="checked")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-pk",)
