"""What did the rule say on this day in this place.

In: dated entries of the rulebook, loaded by an adapter. Out: the entry in force on a
day, with its source. So far: sources (laws, standards, notices) and their editions.
"""

from shuiheng.rules.editions import edition_in_force, editions_of, find_source, search_sources
from shuiheng.rules.errors import UnknownSourceError
from shuiheng.rules.source import Source, SourceKind

__all__ = [
    "Source",
    "SourceKind",
    "UnknownSourceError",
    "edition_in_force",
    "editions_of",
    "find_source",
    "search_sources",
]
