"""Points that were given before a case was sent back are marked as those of an earlier round."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0052_users_behind_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="caseanswer",
            name="is_earlier_round",
            field=models.BooleanField(default=False),
        ),
    ]
