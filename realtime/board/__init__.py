"""The live board of who leads a channel, on a wide screen. It tells nothing that the leader's own log does not."""
