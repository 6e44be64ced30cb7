"""Small windows over the page; each says in its buttons what it will do."""
