"""``python -m deedwatch``: the same as the command ``deedwatch``."""

from deedwatch.main import main

main()
