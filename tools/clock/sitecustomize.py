"""Stops the clock for the examples of the documentation; Python imports it by its name.

Only programs started with this folder on PYTHONPATH are concerned.
"""

import os
import time
from datetime import datetime

if "EXAMPLE_NOW" in os.environ:
    _now = datetime.fromisoformat(os.environ["EXAMPLE_NOW"]).timestamp()
    time.time = lambda: _now
