"""What a month tells of every meter is read from the index alone: the first page asks it of all meters at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0001_tables")]
    operations = [
        migrations.RemoveIndex(model_name="settledmonth", name="settled_by_month"),
        migrations.AddIndex(
            model_name="settledmonth",
            index=models.Index(fields=["month", "meter", "by_time_litres"], name="settled_month_tells"),
        ),
    ]
