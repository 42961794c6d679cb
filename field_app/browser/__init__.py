"""The app's other home: Python in a browser's worker (Pyodide). Imported there; elsewhere only to be checked."""
