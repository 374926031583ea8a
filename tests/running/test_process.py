"""A process of others is as it was when our work in it is done."""

import gc

import pytest

from listing_preflight.running.process import COLLECTED, seldom_collected


def test_the_collector_is_as_it_was():
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] == COLLECTED[0]
    with pytest.raises(KeyError), seldom_collected():
        raise KeyError
    assert gc.get_threshold() == before
