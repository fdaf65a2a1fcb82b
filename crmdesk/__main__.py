"""``python -m crmdesk``."""

import sys

from crmdesk.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
