"""A city with cases, its published plan, and browsers of those who look at counts."""

from services.cases.made_up import city  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
