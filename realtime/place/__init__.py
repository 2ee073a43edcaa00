"""Who is out, who listens and, if they chose to share it, where they are; and photos of the street. Nothing stays."""
