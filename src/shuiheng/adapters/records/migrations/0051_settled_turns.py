"""What settled months told before they changed stays beside the figures that rested on them."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0050_statistics_within_years")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SettledTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("told_litres", models.BigIntegerField(null=True)),
                ("estimated_litres", models.BigIntegerField(null=True)),
                ("turned_at", models.DateTimeField()),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.figure"
                    ),
                ),
                (
                    "meter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="records.meter",
                    ),
                ),
            ],
            options={
                "ordering": ("figure_id", "pk"),
                "indexes": [models.Index(fields=["month", "figure"], name="turn_by_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("meter", "month", "figure"), name="one_turn_per_figure")
                ],
            },
        ),
    ]
