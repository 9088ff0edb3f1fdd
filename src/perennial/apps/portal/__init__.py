"""Home, search, navigation and the pages that show several areas at once: the requirement page, the dashboard."""
