"""The sample case as data files: an invented conflict told by three invented outlets (see docs/sample-case.md)."""
