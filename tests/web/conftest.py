"""The office's fixtures for this folder."""

from office import _own_state, looker, office, officer, published, reader, ready  # noqa: F401  used by name
