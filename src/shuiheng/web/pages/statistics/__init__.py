"""Pages of statistics: the facts from which indicators are computed, entered and confirmed."""
