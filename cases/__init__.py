"""What partners share and do: cases, their facts, and the one path by which anybody reads them."""
