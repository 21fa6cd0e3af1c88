"""Permits and gates (取水许可与准入): projects, their facts and outcomes, permits near their end."""
