"""The joint meeting (casusoverleg): agenda, attendance, the shared screen, decisions."""
