"""Google's own files in other formats, and files in other formats as Google's own.

Source: the formats are those of ``about.get`` (see ``formats``); what is kept is what ``docs.outline``
and a sheet's shown cells hold. Layout is the sandbox's own: assumed."""
