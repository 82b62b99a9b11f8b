"""The command line as `python -m driftline.surfaces.cli`."""

import sys

from driftline.surfaces.cli import main

sys.exit(main())
