"""Asking the database for what it must refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Model

from shuiheng.adapters.records.models import Progress


def refused(code: str, change: Callable[[], object]) -> None:
    """Fail unless the database refuses `change` with this code."""
    with pytest.raises(DatabaseError, match=code), transaction.atomic():
        change()


def breaks(constraint: str, change: Callable[[], object]) -> None:
    """Fail unless `change` breaks this constraint; SQLite names the columns of a unique one only."""
    with pytest.raises(IntegrityError, match=rf"{constraint}|UNIQUE"), transaction.atomic():
        change()


def keeps(row: Model) -> None:
    """Fail unless the database refuses to change and to delete a row."""
    kept = type(row)._default_manager.filter(pk=row.pk)
    name = next(field.name for field in row._meta.concrete_fields if not field.primary_key)
    refused("append_only", lambda: kept.update(**{name: F(name)}))
    refused("append_only", lambda: kept._raw_delete("default"))


def move(progress: Progress, *states: str) -> None:
    """Move a report step by step, past services."""
    for state in states:
        Progress.objects.filter(pk=progress.pk).update(state=state)
