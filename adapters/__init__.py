"""One folder per platform: arrive (platform -> Ask) and render (Reply -> platform)."""
