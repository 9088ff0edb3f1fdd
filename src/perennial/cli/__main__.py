"""`python -m perennial.cli` is `perennial`."""

from perennial.cli.root import main

if __name__ == "__main__":
    main()
