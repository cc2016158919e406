"""FlashRLS: study any document in the terminal, with the document as the judge of every card."""

__version__ = "0.1.0"
