"""The taught reader: windows of a text, the networks that read them, and what they found. Nothing here parses grammar."""
