"""One folder for each area of the site: its views and what only they need."""
