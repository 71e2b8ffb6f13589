"""Discord: servers and their threads, direct messages, and personal installs. `port.Discord` is the port."""
