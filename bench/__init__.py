"""How fast the project is, beside the programs that do the same: run by `make bench`."""
