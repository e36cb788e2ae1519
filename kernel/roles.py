"""The roles our database knows."""

OWNER = "oficio_owner"  # Makes and changes tables. Only `migrate` connects as it.
APP = "oficio_app"  # Owns nothing, bypasses nothing. Everything else connects as it.
LEDGER = "oficio_ledger"  # Owns the ledger and cannot log in.
