"""Plans: goals, actions, reviews, effects, aftercare, closing."""
