"""The pages: everything that answers a browser with HTML. Each works before any script has run."""
