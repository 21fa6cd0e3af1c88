"""Word documents: paragraphs with their numbers, tables with their merges, notes and text boxes."""
