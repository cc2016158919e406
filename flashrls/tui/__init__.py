"""The terminal interface: an app, its screens, their widgets. Only this room knows Textual."""
