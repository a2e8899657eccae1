"""The front door: the command line, one verb per file, and the only place where the halves meet."""
