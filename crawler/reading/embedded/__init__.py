"""What a picture file says of itself: EXIF, IPTC-IIM, XMP and PLUS in JPEG, PNG, WebP, TIFF and XMP sidecars.

    bytes → segments (containers) → Kept → pack/unpack (evidence) → properties → claims (look), tags

``containers.segments`` finds the segments in the leading bytes, ``packed`` writes them down without a single
pixel, ``look`` makes claims of either form. Everything here is pure; nothing asks the network.
"""
