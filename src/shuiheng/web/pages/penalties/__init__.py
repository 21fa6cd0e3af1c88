"""Legal ranges of penalties (法律责任), shown with their clause; nothing is ever computed from them."""
