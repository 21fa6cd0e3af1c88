"""The table of use norms that a city has imported by workbook, beside those that the program ships."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.ledger import LedgerBatch
from shuiheng.adapters.records.models.organisations import Place

DIGITS, PLACES = 20, 6


class UseNorm(models.Model):
    """One row of a standard of use norms (用水定额); it is never changed, only withdrawn with its workbook.

    `standard` is the id of a source of the rulebook, or the title and number of one that it does not have.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="use_norms")
    batch = models.ForeignKey(LedgerBatch, on_delete=models.PROTECT, related_name="use_norms")
    number = models.CharField(max_length=60)
    standard = models.CharField(max_length=200)
    area = models.CharField(max_length=6, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    table = models.CharField(max_length=60, blank=True)
    industry = models.CharField(max_length=4, blank=True, db_index=True)
    product = models.CharField(max_length=120)
    condition = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40)
    general = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    advanced = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    leader = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    factor_least = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    factor_most = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    scope = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """By industry and product."""

        ordering = ("industry", "product", "pk")
        indexes = (models.Index(fields=["place", "standard", "number"], name="use_norm_row"),)
