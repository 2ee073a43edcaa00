"""The phone app of a street team: its page, its worker, and how far a message got. Stores nothing on the server."""
