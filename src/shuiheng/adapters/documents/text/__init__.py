"""Plain text: its encoding, its paragraphs, and the tables that lost their lines."""
