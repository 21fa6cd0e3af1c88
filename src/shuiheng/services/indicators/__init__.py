"""Use cases of indicators: facts are entered and confirmed, values computed, signed off and explained."""
