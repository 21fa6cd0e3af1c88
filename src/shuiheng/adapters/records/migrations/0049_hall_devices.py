"""Each screen belongs to one device; addresses that stand may be opened on one until they end."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def _may_be_opened_until_they_end(apps: Any, editor: Any) -> None:
    apps.get_model("records", "HallScreen").objects.update(bind_until=models.F("expires_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0048_public_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="hallscreen",
            name="bind_until",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="hallscreen",
            name="bound_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="hallscreen",
            name="device_digest",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name="hallscreen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bound_at__isnull", True), ("device_digest__isnull", True)),
                    models.Q(("bound_at__isnull", False), ("device_digest__isnull", False)),
                    _connector="OR",
                ),
                name="bound_hall_screen_is_whole",
            ),
        ),
        migrations.RunPython(_may_be_opened_until_they_end, migrations.RunPython.noop),
    ]
