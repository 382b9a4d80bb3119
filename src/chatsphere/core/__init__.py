"""The chat itself.

The core is deaf: it knows no Flask, no asyncio, no Redis, no environment and no clock. All change comes in through
`Chat.do`, all sight goes out through `Chat.ask`; values leave, database rows never do.
"""
