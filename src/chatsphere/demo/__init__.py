"""A made-up world, for trying the house, for screenshots and for tests."""

from chatsphere.demo.world import fill

__all__ = ["fill"]
