"""briefing-bot: feed → article → fact → brief → channel; question → passages → answer."""
