"""PDFs for one recipient, made in the background: how far they are, kept sealed, marked when they leave."""
