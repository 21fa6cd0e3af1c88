"""Every table that belongs to a city says how; what it says leads there."""

from __future__ import annotations

import pytest
from django.db.models import Model

from shuiheng.adapters.records import models as tables
from shuiheng.services.scope_paths import PATHS, Paths


@pytest.mark.django_db
@pytest.mark.parametrize("table", PATHS, ids=lambda table: table.__name__)
def test_every_path_of_a_table_can_be_asked(table: type[Model]) -> None:
    paths = PATHS[table]
    for name in Paths.__slots__:
        way = getattr(paths, name)
        if way:
            assert not table._default_manager.filter(**{f"{way}__in": [0]}).exists()


def test_what_hangs_on_a_project_goes_the_way_of_the_project() -> None:
    for table in (tables.GateDocument, tables.GateFact, tables.GateRecord):
        assert PATHS[table] == Paths(
            place="project__place", organisation="project__owner", area="project__area"
        )
