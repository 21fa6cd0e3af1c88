"""Tests of the pages of the water-user ledger."""
