"""The canonical form of a credential as linked data (RDFC-1.0), by contexts carried along: no network is ever asked."""

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from perennial.core.values.late import late

jsonld = late("pyld.jsonld")
HERE = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CARRIED = {CREDENTIALS: "credentials-v2.json", BADGES: "ob-3.0.3.json", EXTENSIONS: "ob-extensions.json"}
_ONE_AT_A_TIME = threading.Lock()  # the library keeps contexts in a cache that threads must not share


@cache
def _context(address: str) -> Any:
    return json.loads((HERE / CARRIED[address]).read_bytes())


def _load(address: str, options: Any = None) -> Any:
    if address not in CARRIED:
        raise ValueError(f"names a context that is not carried along: {address[:100]}")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": _context(address)}


def canonical(document: Mapping[str, Any]) -> bytes:
    """N-Quads of the document in the one order that RDFC-1.0 gives; ValueError where it cannot be read as linked data."""
    if _tangles(document, top=True):
        raise ValueError("cannot be read as linked data here: it has words of its own, or parts without a name that point at one another")
    options: Any = {
        "algorithm": "URDNA2015",  # as RDFC-1.0 was called before it was a recommendation
        "format": "application/n-quads",
        "documentLoader": _load,
    }
    try:
        with _ONE_AT_A_TIME:
            return str(jsonld.normalize(dict(document), options)).encode()
    except (jsonld.JsonLdError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise ValueError(f"cannot be read as linked data ({type(fault).__name__})") from None


def _tangles(value: Any, *, top: bool = False) -> bool:
    """Whether a document could take without end to be put in order: blank nodes by name (`_:b`), and contexts that call other words so.

    Without them it is a tree, whose parts are told apart at once.
    """
    if isinstance(value, Mapping):
        own = "@context" in value and not (top and _is_carried(value["@context"]))
        return own or any(_tangles(one) for name, one in value.items() if name != "@context")
    if isinstance(value, list | tuple):
        return any(_tangles(one) for one in value)
    return isinstance(value, str) and value.strip().startswith("_:")


def _is_carried(context: Any) -> bool:
    """Whether contexts are told by address alone; an unknown address is refused where it is looked up."""
    return context is None or all(isinstance(one, str) for one in (context if isinstance(context, list | tuple) else [context]))
