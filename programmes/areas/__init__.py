"""Neighbourhoods with their shapes and indicators over the years: imported protected, shown to everybody."""
