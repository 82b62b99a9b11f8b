"""Writes again what is generated: the tree in ARCHITECTURE.md and the pictures of the docs."""

from tools import architecture


def main() -> None:
    """What `make docs` runs."""
    architecture.write()
    print("ARCHITECTURE.md: the tree is that of the code")


if __name__ == "__main__":
    main()
