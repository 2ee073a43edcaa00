"""Signals per neighbourhood, kind and quarter: counted once, protected then, and what is proposed because of them."""
