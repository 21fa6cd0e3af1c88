"""Who checked a report in the unit itself, before the office reviews it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0006_guards")]
    operations = [
        migrations.AddField(
            model_name="progress",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="progress", name="checked_at", field=models.DateTimeField(null=True)
        ),
    ]
