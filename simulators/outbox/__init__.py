"""The dev outbox: every message that would have been sent, and today's login codes."""
