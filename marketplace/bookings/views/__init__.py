"""The pages of bookings: asking for a price, the customer's visits, the worker's jobs."""
