"""What the database refuses on places and organisations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import ProtectedError

from access.rows import Rows
from shuiheng.adapters.records.models import Organisation, OrganisationName, Place, UnitMatch

from .refusals import breaks


def test_a_name_is_used_once_in_a_place_at_a_time(rows: Rows) -> None:
    unit = rows.row(Organisation)
    breaks("one_name_per_place", lambda: rows.make(Organisation, name=unit.name))
    Organisation.objects.filter(pk=unit.pk).update(to_on=date(2026, 5, 1))
    assert rows.make(Organisation, name=unit.name).pk


def test_an_alias_stands_once_and_a_label_is_matched_once(rows: Rows) -> None:
    breaks("one_row_per_name", lambda: rows.make(OrganisationName))
    breaks("one_match_per_label", lambda: rows.make(UnitMatch))


def test_an_address_of_a_place_or_organisation_is_its_own(rows: Rows) -> None:
    for table in (Place, Organisation):
        breaks("slug", lambda: rows.make(table, slug=rows.row(table).slug))  # noqa: B023  called at once


def test_a_place_with_organisations_and_an_organisation_with_people_are_not_deleted(rows: Rows) -> None:
    for table in (Place, Organisation):
        with pytest.raises(ProtectedError):
            rows.row(table).delete()
