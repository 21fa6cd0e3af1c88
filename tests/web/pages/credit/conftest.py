"""A city with credit records, and browsers of those who work on them."""

from services.awards.made_up import city  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
