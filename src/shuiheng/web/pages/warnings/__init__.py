"""Warnings of use (用水预警): the office's board, one warning, the water user's own."""
