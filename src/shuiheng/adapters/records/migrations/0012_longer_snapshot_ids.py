"""A snapshot id carries the name of its algorithm before the hash."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0011_goals_of_the_year")]
    operations = [
        migrations.AlterField(model_name=model, name=name, field=models.CharField(blank=True, max_length=80))
        for model, name in (
            ("letter", "snapshot_id"),
            ("reportrecord", "snapshot_id"),
            ("reportrecord", "audit_root"),
        )
    ]
