"""Numbers for the manager, none below the threshold."""
