"""The pages about jobs: one module for each side."""
