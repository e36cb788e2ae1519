"""The world outside, in a box: companies we talk to, made small enough for one machine."""
