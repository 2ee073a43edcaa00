"""HTML faces of intake: parse, one command or query, answer."""
