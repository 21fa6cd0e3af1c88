"""A city's targets, indicators and series for analysts: `shuiheng.open(...)` in Python or in a notebook.

What enters: the address of a site with a token, or the state folder of an installation with the name of an
account. What leaves: tables, as pandas data frames where pandas is installed, else as Arrow tables. Nothing
is ever written, and nobody sees more than the account may.
"""

from shuiheng.notebook.city import City, open_city

__all__ = ["City", "open_city"]
