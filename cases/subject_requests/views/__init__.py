"""Pages of requests of persons concerned."""
