"""The cities of this folder."""

from services.inspections.check_city import checked  # noqa: F401  used by name
from services.inspections.made_up import city  # noqa: F401  used by name
