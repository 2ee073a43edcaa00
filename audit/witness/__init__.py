"""The witness that a partner agency runs: cosigns that a log only grew. Needs Python and `cryptography`, no Django."""
