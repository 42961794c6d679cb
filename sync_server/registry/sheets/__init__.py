"""Tables in and out, XLSX and CSV: departments, people and enterprises, judged row by row before any is kept."""
