"""HTML faces of casework: parse, one command or query, answer."""
