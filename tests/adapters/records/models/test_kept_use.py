"""Kept totals have the figures of every other total, and hold up nothing that goes."""

from __future__ import annotations

import pytest
from django.db.models import CASCADE, ForeignKey

from shuiheng.adapters.records.models import CityUse, KeptUse, UserUse
from shuiheng.adapters.records.use_figures import Use


@pytest.mark.parametrize("table", [CityUse, UserUse])
def test_a_kept_total_has_every_figure_of_use(table: type[KeptUse]) -> None:
    assert set(Use._fields) <= {field.name for field in table._meta.concrete_fields}


@pytest.mark.parametrize("table", [CityUse, UserUse])
def test_what_a_total_is_about_may_go_and_takes_it_along(table: type[KeptUse]) -> None:
    ties = [field for field in table._meta.concrete_fields if isinstance(field, ForeignKey)]
    assert ties and all(field.remote_field.on_delete is CASCADE for field in ties)
