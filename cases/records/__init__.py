"""Tables and sealed values of cases; no face and no rights. Reading goes through cases.disclosure."""
