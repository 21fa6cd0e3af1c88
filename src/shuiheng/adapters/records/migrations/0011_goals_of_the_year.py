"""An item of a plan of the year can be a goal of the whole city, which stands in no task."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0010_api")]
    operations = [
        migrations.AlterField(
            model_name="annualitem",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annual_items",
                to="records.registertask",
            ),
        ),
    ]
