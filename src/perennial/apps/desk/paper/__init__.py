"""Papers of a provider as tagged PDFs: documents of headings, paragraphs, lists and tables, set by Typst."""
