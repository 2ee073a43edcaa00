"""Reviews of break-glass by two officers: opening, judging, deadlines, reading; pages and API."""
