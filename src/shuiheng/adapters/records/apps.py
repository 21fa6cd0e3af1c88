"""The Django application that holds the tables."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from shuiheng.adapters.records.guards import after_migrations, before_migrations


class RecordsConfig(AppConfig):
    """Tables of Shuiheng, under the label `records`."""

    name = "shuiheng.adapters.records"
    label = "records"
    verbose_name = "水衡"

    def ready(self) -> None:
        """Keep the refusals of the database through every `migrate`."""
        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)
