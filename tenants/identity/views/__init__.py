"""Pages: at the badge host, at work, in the office."""
