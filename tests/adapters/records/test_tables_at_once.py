"""Tables of a first migration made in one step, and taken away again."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddConstraint, AddField, CreateModel
from django.db.migrations.state import ProjectState
from django.db.utils import IntegrityError

from shuiheng.adapters.records.tables_at_once import TablesAtOnce

STEP = TablesAtOnce(
    [
        CreateModel("Pump", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
        CreateModel("Well", [("id", models.BigAutoField(primary_key=True))]),
        AddField("Pump", "well", models.ForeignKey("tried.well", models.CASCADE, null=True)),
        AddField("Well", "pump", models.ForeignKey("tried.pump", models.CASCADE, null=True)),
        AddConstraint("Pump", models.UniqueConstraint(fields=["name"], name="one_pump_per_name")),
    ]
)


def _states() -> tuple[ProjectState, ProjectState]:
    before, after = ProjectState(), ProjectState()
    STEP.state_forwards("tried", after)
    return before, after


def _tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("tried_")}


@pytest.fixture
def made(transactional_db: None) -> ProjectState:
    """The tables of the step, and the state that knows them."""
    before, after = _states()
    with connection.schema_editor() as editor:
        STEP.database_forwards("tried", editor, before, after)
    return after


def _unmade(after: ProjectState) -> None:
    with connection.schema_editor() as editor:
        STEP.database_backwards("tried", editor, after, ProjectState())


def test_tables_that_name_each_other_are_made_whole_and_taken_away(made: ProjectState) -> None:
    pump, well = made.apps.get_model("tried", "Pump"), made.apps.get_model("tried", "Well")
    try:
        assert _tables() == {"tried_pump", "tried_well"}
        source = well.objects.create(pump=pump.objects.create(name="一"))
        assert pump.objects.get(name="一").pk == source.pump_id
        with pytest.raises(IntegrityError):
            pump.objects.create(name="一")
    finally:
        _unmade(made)
    assert _tables() == set()


def test_tables_that_stood_before_are_left_alone() -> None:
    _before, after = _states()

    class Refuses:
        def create_model(self, model: object) -> None:
            raise AssertionError(model)

    STEP.database_forwards("tried", Refuses(), after, after)  # type: ignore[arg-type]  only this is asked


def test_a_state_that_made_its_classes_learns_the_new_tables() -> None:
    state = ProjectState()
    assert not state.apps.all_models["tried"]
    STEP.state_forwards("tried", state)
    assert set(state.apps.all_models["tried"]) == {"pump", "well"}
    assert STEP.describe() == "Make the tables of 5 operations at once"
