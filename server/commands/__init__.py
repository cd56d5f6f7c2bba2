"""What each command does. ``server.cli`` only declares them."""
