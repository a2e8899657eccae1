"""Web pages: markup → statements with their scope, and the walls that stand in a page's place."""
