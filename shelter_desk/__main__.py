"""Lets `python -m shelter_desk` start the program."""

import sys

from shelter_desk.app import main

if __name__ == "__main__":
    sys.exit(main())
