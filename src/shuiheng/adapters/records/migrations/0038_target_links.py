import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0037_kinds_of_a_city"),
    ]

    operations = [
        migrations.CreateModel(
            name="TargetLinkChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("changed", "Changed"),
                            ("not_counted", "Not Counted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("proposed", models.JSONField(default=dict)),
                ("chosen", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("chosen_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link_choices",
                        to="records.registertarget",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("target",),
                        name="one_link_choice_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "not_counted"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_counted_has_a_reason",
                    ),
                ],
            },
        ),
    ]
