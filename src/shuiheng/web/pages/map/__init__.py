"""Districts on a map (分区图): a tile grid, or outlines that the city supplied; never foreign tiles."""
