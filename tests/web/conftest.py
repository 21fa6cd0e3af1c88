"""The office's fixtures for this folder."""

from access.kept_world import kept_world, world  # noqa: F401  used by name
from office import (  # noqa: F401  used by name
    _own_state,
    looker,
    office,
    officer,
    published,
    reader,
    ready,
    seen,
)
from watching import _every_change_is_an_event, _rows_are_seen  # noqa: F401  used by name
