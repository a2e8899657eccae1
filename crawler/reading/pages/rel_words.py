"""The words of ``rel`` that name a license."""


def is_license_rel(rel: str) -> bool:
    """``license``, ``cc:license``, ``dct:license``, ``http://creativecommons.org/ns#license`` …, in lower
    case.
    """
    return rel == "license" or rel.endswith((":license", "#license", "/license"))
