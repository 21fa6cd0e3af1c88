"""How a city or district would be assessed: its own score by a scheme, rehearsed."""
