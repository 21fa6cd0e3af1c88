"""Entries that a withdrawn plan took back, and the word of whoever takes water."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0027_gates")]

    operations = [
        migrations.AddField(
            model_name="allowanceentry",
            name="agreed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="allowanceentry",
            name="agreed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="allowanceentry",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Asked"),
                    ("approved", "Approved"),
                    ("rejected", "Rejected"),
                    ("withdrawn", "Withdrawn"),
                    ("revoked", "Revoked"),
                ],
                default="asked",
                max_length=10,
            ),
        ),
    ]
