"""Public mediation: parties lay their positions side by side, share a diagnosis, and act small and visibly at once."""
