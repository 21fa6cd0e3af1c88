"""The city of this folder, and who acts there."""

from services.cases.acting import cast  # noqa: F401  used by name
from services.cases.made_up import city  # noqa: F401  used by name
