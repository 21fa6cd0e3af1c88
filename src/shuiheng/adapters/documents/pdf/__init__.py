"""PDF with a text layer: lines from glyphs, paragraphs from lines, tables from ruling lines."""
