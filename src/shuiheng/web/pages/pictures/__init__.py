"""Pictures of a city: total and intensity, districts side by side, and the way of its water."""
