"""Pages on what a city tells the public: draft an edition, look at it, publish or withdraw it."""
