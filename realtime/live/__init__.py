"""The sockets of channels: protocol, hub, back pressure, and cutting who lost the right. Stores nothing."""
