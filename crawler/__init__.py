"""Goes and looks, politely, and remembers exactly what it saw: manifest rows in, evidence out."""
