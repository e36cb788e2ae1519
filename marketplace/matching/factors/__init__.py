"""What a place in the list depends on: a file each; adding one is adding a file.

Never among them: how often somebody declines, hours online, survey answers, what they paid.
"""

from kernel.plugins import import_all

import_all(__name__)
