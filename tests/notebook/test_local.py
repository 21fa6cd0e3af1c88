"""A state folder is read with the rights of an account, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from shuiheng.adapters.records.models import Account, Place
from shuiheng.notebook.local import WriteRefusedError, local_source, reading

pytestmark = pytest.mark.django_db


def test_a_statement_that_would_change_something_is_refused() -> None:
    with reading():
        assert Place.objects.count() >= 0
        with pytest.raises(WriteRefusedError), transaction.atomic():
            Account.objects.create(username="new")
    Account.objects.create(username="new")


def test_one_session_has_one_folder(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        local_source(tmp_path / "elsewhere", "li")


def test_an_unknown_account_opens_nothing() -> None:
    with pytest.raises(LookupError):
        local_source(Path(settings.STATE), "nobody")
