"""The grammars in which sites, pages, headers and site files state what AI may do with their content. Pure."""
