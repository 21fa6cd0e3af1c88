"""Credit records of units (信用信息): facts with their basis; told, entered by two, repaired, erased."""
