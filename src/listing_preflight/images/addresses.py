"""Addresses that pictures may be fetched from: public ones, whatever form they come in."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_UNICAST = ipaddress.ip_network("2000::/3")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        "0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 "
        "2001::/23 2001:db8::/32 3fff::/20".split(),
    )
)
"""What releases of Python differ on: shared, benchmarking, documentation, multicast and reserved addresses, tunnels."""


def is_public(address: Address) -> bool:
    """Whether an address is one that anybody on the internet may ask; what it wraps is what counts."""
    inner = _inner(address)
    if inner.version == 6 and inner not in _UNICAST:
        return False
    return inner.is_global and not any(inner in net for net in _NEVER if net.version == inner.version)


def _inner(address: Address) -> Address:
    """The IPv4 address inside a mapped, 6to4 or translated one."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
