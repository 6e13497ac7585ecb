"""Tools of the project that no site needs: they write what of ``docs/`` is made from the code."""
