"""The one path by which anybody reads case data. Start at README.md; call from queries, never from views."""
