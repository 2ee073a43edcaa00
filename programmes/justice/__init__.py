"""Prosecution and courts in a programme: offences with priority, times from report to ruling, agreed follow-up."""
