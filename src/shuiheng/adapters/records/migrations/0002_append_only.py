"""Once the refusals of the database; they stand in `adapters/records/guards.py` and follow every `migrate`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = []
