"""The data quality board (数据质量): which meters fail, and how much of the water is not measured."""
