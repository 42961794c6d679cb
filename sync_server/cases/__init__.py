"""Cases (案件): what no letter could spare, and the law's checklist before a decision."""
