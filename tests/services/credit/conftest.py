"""The city of this folder."""

from services.awards.made_up import city  # noqa: F401  used by name
