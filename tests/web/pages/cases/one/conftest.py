"""A city whose office keeps cases, those who act there, and their browsers."""

from services.cases.acting import cast  # noqa: F401  used by name
from services.cases.made_up import city  # noqa: F401  used by name
from web.pages.awards.conftest import browser  # noqa: F401  used by name
