"""A city to be inspected, and browsers of those who work on it."""

from services.inspections.made_up import city  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
