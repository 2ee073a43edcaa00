"""Pictures of a case: the people and how they are related, the map of an area, life domains."""
