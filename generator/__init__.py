"""Static reference sites from YAML facts and per-language words.

The pipeline runs in one direction: read, model, check, dataset, pages, render, write, MkDocs,
finish, exports. ``tests/test_imports.py`` pins which module may import which.
"""

__version__ = "0.1.0"
