"""The Django application that holds the tables."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables of Shuiheng, under the label `records`."""

    name = "shuiheng.adapters.records"
    label = "records"
    verbose_name = "水衡"
