"""Pages of the water-user ledger (用水户台账)."""
