"""Search for a purpose, through the fields that the reader may see."""
