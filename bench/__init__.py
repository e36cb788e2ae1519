"""Measures the product on this machine, as ratios within one run. Imported by nobody."""
