"""A school's own sheets and MIS exports, read into our tables with an account of every cell. Pure."""
