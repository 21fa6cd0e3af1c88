"""The application and its migrations."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command


def test_the_tables_stand_under_the_label_records() -> None:
    assert apps.get_app_config("records").name == "shuiheng.adapters.records"


def test_the_models_have_no_change_without_a_migration(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
