"""Random inspections: registers of inspectors and items, draws committed to, drawn and published."""
