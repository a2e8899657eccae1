"""What people write about releases, minors, limits and AI: words → claims, for pages and answers alike."""
