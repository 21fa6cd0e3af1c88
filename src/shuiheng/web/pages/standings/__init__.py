"""Pages of how targets stand: the board, and one target with its path, districts and history."""
