"""Questions about jobs and offers. Nothing here writes."""
