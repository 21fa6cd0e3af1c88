"""Pages of the monthly filing: the user's form for a phone, the receipt, and who has not filed."""
