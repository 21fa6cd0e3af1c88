"""The rules of a city: what the program ships, and what the city has added and checked."""
