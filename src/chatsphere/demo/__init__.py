"""A made-up world, for trying the house, for screenshots and for tests."""
