"""The demo: two marketplaces with a living story, and everything they need on one machine."""
