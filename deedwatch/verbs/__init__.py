"""One verb per file; each module defines ``command``, a click command. Found by name."""
