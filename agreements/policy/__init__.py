"""The decision core: plain Python, no Django. Start at README.md, then decide.py."""
