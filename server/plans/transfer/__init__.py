"""The file that follows a pupil to the next school: what is in it, and where its rows go there. Pure."""
