"""The city of this folder."""

from services.inspections.made_up import city  # noqa: F401  used by name
