"""Kept totals tell own abstraction from public supply; all of them are added up anew."""

from typing import Any

from django.db import migrations, models


def _all_stale(apps: Any, editor: Any) -> None:
    apps.get_model("records", "UseMonth").objects.update(is_stale=True)


class Migration(migrations.Migration):
    dependencies = [("records", "0041_kept_standings")]

    operations = [
        migrations.AddField(
            model_name="cityuse",
            name="source_kind",
            field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="useruse",
            name="source_kind",
            field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(_all_stale, migrations.RunPython.noop),
    ]
