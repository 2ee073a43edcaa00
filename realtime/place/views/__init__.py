"""Photos of the street, and the map of a channel."""
