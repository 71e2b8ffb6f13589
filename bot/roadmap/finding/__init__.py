"""Finding the topic somebody meant: one file a step; bot.roadmap.search says in which order they are taken."""
