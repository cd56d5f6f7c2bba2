"""Push notifications: channels that Drive and Calendar open alike, and who carries their messages."""
