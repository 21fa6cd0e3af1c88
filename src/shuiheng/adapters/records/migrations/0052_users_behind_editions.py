"""An edition keeps what stands behind its table of use, for the next one to be compared with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0051_settled_turns"),
    ]

    operations = [
        migrations.AddField(
            model_name="publicedition",
            name="users",
            field=models.JSONField(default=dict),
        ),
    ]
