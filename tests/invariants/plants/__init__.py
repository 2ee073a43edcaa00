"""Markers that the rooms plant in their own words, for the marker crawl."""
