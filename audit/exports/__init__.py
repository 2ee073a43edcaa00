"""What leaves the journal as files: made in the background, kept sealed for a while, fetched by who asked."""
