"""The core of Cairn: it knows no platform and opens no socket."""
