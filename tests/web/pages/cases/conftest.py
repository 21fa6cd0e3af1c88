"""A city whose office keeps cases, and browsers of those who work on them."""

from services.cases.made_up import city  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
