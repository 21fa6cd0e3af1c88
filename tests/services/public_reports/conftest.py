"""The city of this folder."""

from services.public_reports.made_up import town  # noqa: F401  used by name
