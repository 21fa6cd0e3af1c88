"""Pages of credit records: the list, one unit, one record, its form; units see and answer their own."""
