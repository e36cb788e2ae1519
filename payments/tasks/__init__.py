"""What payments does in the background: everything that waits for a provider.

Each task is safe to repeat. By subject; a new file here is found by itself, and its tasks keep the
name they are sent by (`name="payments.tasks.…"`).
"""

from kernel.plugins import import_all

import_all("payments.tasks")
