"""One site per file: turns wanted photos into targets, and captures into claims."""
