"""A city that takes reports by the public, and browsers of those who deal with them."""

from services.public_reports.made_up import town  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
