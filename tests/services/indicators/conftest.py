"""The city of the cases, for what is judged of them."""

from services.cases.made_up import city  # noqa: F401  used by name
