"""Whether the seller file covers one sale under a mark, or of a picture: asked as judging asks it."""

import datetime

from listing_preflight.complaint.catalogue import Offer
from listing_preflight.judging import authority, territory
from listing_preflight.judging.authority import Authority, Sale
from listing_preflight.judging.goods import of_listing
from listing_preflight.judging.rights import Rights
from listing_preflight.judging.seller import Seller
from listing_preflight.judging.strength import Crowds
from listing_preflight.model.mark import Mark, Work
from listing_preflight.policy.marketplaces import marketplace


def of_mark(
    mark: Mark, offer: Offer, site_name: str | None, seller: Seller | None, day: datetime.date, uses: frozenset[str]
) -> Authority:
    """Whether the seller file covers one sale under a mark."""
    site, goods = marketplace(offer.listing.marketplace or site_name), of_listing(offer.listing)
    standings = Rights(day, Crowds(lambda _: ())).standings(mark, goods, site)
    return authority.of(mark, Sale(offer.listing, goods, site, day, uses), standings, seller=seller, trust=False)


def of_work(work: Work, offer: Offer, site_name: str | None, seller: Seller | None, day: datetime.date) -> Authority:
    """Whether the seller file covers showing a protected picture."""
    site = marketplace(offer.listing.marketplace or site_name)
    sale = Sale(offer.listing, of_listing(offer.listing), site, day, frozenset())
    bonds = [territory.of(r, site, work.registrations) for r in work.registrations]
    through = frozenset().union(*(b.through for b in bonds))
    return authority.of_work(work, sale, through & site.offices or site.offices, seller=seller, trust=False)
