"""The pages of tenancy: signing in, my account, opening a marketplace."""
