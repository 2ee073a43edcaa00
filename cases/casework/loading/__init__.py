"""Data in: case files checked and loaded, and practice caseloads of any size. The format: docs/gegevens-inladen.md."""
