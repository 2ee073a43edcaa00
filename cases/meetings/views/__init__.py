"""HTML faces of the joint meeting: parse, one command or query, answer."""
