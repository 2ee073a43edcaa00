"""The cooperation pulse: seven criteria asked each quarter, so that nobody can tell who answered what."""
