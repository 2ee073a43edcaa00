"""Calls for help: who raised one, who answers, who is called when nobody does, and the report afterwards."""
