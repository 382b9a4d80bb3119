"""What pages and data share at the web's door: who is asking, refusals, headers, limits and the Flask app itself."""
