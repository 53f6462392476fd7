"""Things that look like secrets."""

# Put together at run time, so that no scanner takes the test for a leak.
DISCORD = ".".join(("MTIzNDU2Nzg5MDEyMzQ1Njc4", "GaBcDe", "x" * 30 + "-_" + "y" * 6))
OPENAI = "sk" + "-proj-" + "Ab1" * 12
SLACK_BOT, SLACK_APP = "xoxb" + "-123-456-abcDEF", "xapp" + "-1-A012-345-fedcba"
DATABASE = "postgresql+psycopg://bot:s3cr3tpw@db.example:5432/briefing"
WEB_TOKEN = ".".join(("eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "abcDEF123456"))
