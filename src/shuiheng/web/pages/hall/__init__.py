"""The screen in a hall (大屏): one dark page of a city, and where its addresses are issued and ended."""
