"""Who can reach what, tried for every role, address and relation."""
