"""A local Stripe: the subset of the API that Oficio calls, with state, a clock and faults."""
