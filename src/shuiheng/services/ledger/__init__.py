"""Use cases of the water-user ledger."""
