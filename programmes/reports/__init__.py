"""The report of a programme per half-year as PDF, and programmes, goals and pledges as open data."""
