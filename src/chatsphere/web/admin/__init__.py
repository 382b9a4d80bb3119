"""Administration: people, who may come in, what was complained of, what takes room, and what was done.

Nothing here leads into a conversation that the administrator has no seat in.
"""
