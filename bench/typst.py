"""Typst, once for one file: the package carries the compiler and no command."""

import sys

import typst

if __name__ == "__main__":
    typst.compile(sys.argv[1], output=sys.argv[2])
