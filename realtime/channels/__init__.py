"""Channels of street teams: tables, who belongs, what may be said, and what each reader is told. No sockets."""
