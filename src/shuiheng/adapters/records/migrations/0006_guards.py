"""Every plan has its city by now, and roles stand in memberships."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_places_of_plans")]
    operations = [
        migrations.RemoveField(model_name="account", name="role"),
        migrations.AlterField(
            model_name="plandocument",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="records.place"
            ),
        ),
    ]
