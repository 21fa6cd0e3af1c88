"""Table of what settled months told before they changed, once an official figure could rest on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.figures import Figure
from shuiheng.adapters.records.models.ledger import Meter


class SettledTurn(models.Model):
    """What a meter was settled to have measured in a month when a figure was signed off (结算变动).

    The database writes it when the month first changes after that; `figure` is the one signed off last before
    the change. Without litres nothing was settled of the month then. What it is now says `SettledMonth`.
    """

    meter = models.ForeignKey(Meter, on_delete=models.CASCADE, db_constraint=False, related_name="turns")
    month = models.DateField()
    told_litres = models.BigIntegerField(null=True)
    estimated_litres = models.BigIntegerField(null=True)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    turned_at = models.DateTimeField()

    class Meta:
        """One row for a meter, a month and the figure before; those since a figure are found by month."""

        ordering = ("figure_id", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meter", "month", "figure"], name="one_turn_per_figure"),
        ]
        indexes: ClassVar = [models.Index(fields=["month", "figure"], name="turn_by_month")]
