"""The signed report per covenant: how often partners read under it, in whole tens, as a PDF."""
