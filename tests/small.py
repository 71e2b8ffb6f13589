"""A small made content folder: one roadmap of six topics with a pick-one group, and what tests change in it."""

from pathlib import Path

ROADMAP = """\
id: small
title: Small
link: https://example.org/small
routes:
  - {id: short, title: Short, goal: "a start", reaches: [http]}
  - {id: whole, title: Whole, goal: "everything", reaches: [basics, stores]}
sections:
  - id: basics
    title: Basics
    topics:
      - {id: internet, kind: recommended}
      - {id: http, kind: recommended, needs: [internet]}
      - {id: first-project, kind: recommended, checkpoint: true, needs: [http]}
  - id: stores
    title: Stores
    notes: ["Pick one and stay with it."]
    topics:
      - pick: store
        title: Store
        needs: [http]
        topics:
          - {id: apple, kind: recommended}
          - {id: birch, kind: alternative}
      - {id: indexes, kind: any-time, needs: [store]}
"""

TOPICS = {
    "basics/internet": ("Internet", ["the net"]),
    "basics/http": ("HTTP", ["hypertext"]),
    "basics/first-project": ("First Project", []),
    "stores/apple": ("Apple DB", ["applesql"]),
    "stores/birch": ("Birch DB", []),
    "stores/indexes": ("Database Indexes", ["index"]),
}


def page(title: str, aliases: list[str], breath: str = "It is what it is, and it is enough for a test.") -> str:
    """A short page."""
    return f"---\ntitle: {title}\nlabels: [{title}]\naliases: {aliases}\nminutes: 30\n---\n{breath}\n"


def write(folder: Path) -> Path:
    """Writes the small content into a folder, and returns it."""
    (folder / "roadmaps").mkdir(parents=True)
    (folder / "roadmaps" / "small.yaml").write_text(ROADMAP)
    for path, (title, aliases) in TOPICS.items():
        file = folder / "topics" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(title, aliases))
    return folder
