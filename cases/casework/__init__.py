"""The case page: the worklist, a case with its tabs, contributions, the purpose for which one reads."""
