"""What the bot answers over HTTP, through aiohttp."""
