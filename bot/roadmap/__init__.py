"""The content: loading and checking it, the graph of each roadmap, and finding the topic somebody meant."""
