"""Neighbourhood programmes: areas and their indicators. Nothing about a person ever enters this floor."""
