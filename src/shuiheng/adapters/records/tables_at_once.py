"""Many tables made in one step of a migration.

Django makes the classes of the tables anew after every operation that it carries out, which for some
hundred tables takes most of a minute. Here all operations are told to the state first, and the tables
are made from what it says at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class TablesAtOnce(Operation):
    """Operations of a first migration, carried out together: only for tables that did not stand before.

    The operations may make tables and complete them (fields, indexes, constraints), as `makemigrations`
    writes them. Going back takes all the tables away.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = tuple(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell every operation to a state without classes: they are made once, when they are asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables that the state after knows and the state before does not."""
        for model in _added(app_label, from_state, to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the tables away, the last one first."""
        for model in reversed(_added(app_label, to_state, from_state)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        """Say in a line what is done."""
        return f"Make the tables of {len(self.operations)} operations at once"


def _added(app_label: str, before: ProjectState, after: ProjectState) -> list[Any]:
    """Return the models that only the later state knows, in the order in which they were told."""
    names = [
        name for label, name in after.models if label == app_label and (label, name) not in before.models
    ]
    return [after.apps.get_model(app_label, name) for name in names]
