"""What the program knows of written language: pure functions over text, no network, no clock."""
