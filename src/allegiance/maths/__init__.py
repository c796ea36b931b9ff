"""The numeric cellar: arrays in, arrays out.

Modules here may import NumPy, SciPy, numba and the solver, and `allegiance.errors`; they know nothing of
statements, sources or files. A test keeps it so.
"""
