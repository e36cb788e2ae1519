"""What payments does when something happened: enqueue what waits for a provider, tell people.

By subject; a new file here is found by itself.
"""

from kernel.plugins import import_all

import_all("payments.handlers")
