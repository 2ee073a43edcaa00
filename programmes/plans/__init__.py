"""Neighbourhood programmes for ten years and more: pillars, measurable goals, plans of four years, projects."""
