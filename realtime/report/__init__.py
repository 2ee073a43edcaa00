"""The log of a channel as a page, its report on screen and on paper, and what of it is taken into the case."""
