"""Pages of cases of programmes: list, board, districts, opening, one case and its documents."""
