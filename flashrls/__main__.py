"""`python -m flashrls`."""

import sys

from flashrls.cli import main

if __name__ == "__main__":
    sys.exit(main())
