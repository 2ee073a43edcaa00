"""Live screens of a meeting: who watches, what is typed, when a screen loses its right. Stores no facts."""
