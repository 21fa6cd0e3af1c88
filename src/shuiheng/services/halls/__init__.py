"""Use cases of screens in halls: an address is issued and ended, and what a screen may show."""
