"""ChatSphere: a messaging platform that one small machine can run, and many machines too."""

__version__ = "0.1.0"
