"""The hash of a row as it was sealed, apart from the row: a row altered with its own hash can be named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0008_people")]
    operations = [
        migrations.AddField(
            model_name="sealedevent", name="leaf", field=models.CharField(max_length=64, null=True)
        ),
    ]
