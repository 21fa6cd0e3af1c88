"""A snapshot id carries the name of its algorithm before the hash."""

from importlib import import_module

from django.db import migrations, models

guards = import_module("shuiheng.adapters.records.migrations.0006_guards")


class Migration(migrations.Migration):
    dependencies = [("records", "0011_goals_of_the_year")]
    operations = [
        migrations.AlterField(model_name=model, name=name, field=models.CharField(blank=True, max_length=80))
        for model, name in (
            ("letter", "snapshot_id"),
            ("reportrecord", "snapshot_id"),
            ("reportrecord", "audit_root"),
        )
    ] + [migrations.RunPython(guards.add_triggers, migrations.RunPython.noop)]  # SQLite made the tables anew
