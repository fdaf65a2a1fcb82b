"""One lock around the library that reads PDFs: it may be called by one thread at a time."""

import threading
from typing import Final

PDFIUM: Final = threading.Lock()
