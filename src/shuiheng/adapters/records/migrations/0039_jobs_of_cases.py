"""Opening many cases is a job of its own kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0038_target_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("compile", "Compile"),
                    ("import", "Import"),
                    ("export", "Export"),
                    ("letters", "Letters"),
                    ("messages", "Messages"),
                    ("seal", "Seal"),
                    ("readings", "Readings"),
                    ("ledger", "Ledger"),
                    ("settle", "Settle"),
                    ("allowances", "Allowances"),
                    ("charges", "Charges"),
                    ("replay", "Replay"),
                    ("draw", "Draw"),
                    ("cases", "Cases"),
                ],
                default="compile",
                max_length=20,
            ),
        ),
    ]
