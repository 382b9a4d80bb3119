"""Subcommands that look after an installation: one file per noun, the same nouns as under /admin."""
