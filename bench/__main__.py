"""`python -m bench` takes every figure; `python -m bench A3 A5` only those rows. See docs/metingen.md."""

import os
import sys
import warnings

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    # No static files are served in a bench.
    warnings.filterwarnings("ignore", message="No directory at")
    django.setup()

    from bench.run import run

    sys.exit(run(sys.argv[1:]))
