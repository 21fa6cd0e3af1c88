"""A city with checks, and browsers of those who work on them."""

from services.inspections.check_city import checked  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
