"""Telegram: chats, groups and their topics, native quiz polls, inline mode. `port.Telegram` is the port."""
