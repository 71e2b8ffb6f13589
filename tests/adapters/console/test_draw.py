"""Drawing in a worker process."""

import os
import signal

import pytest

from bot.pictures.draw import Drawer, png
from tests.adapters.console.booth import SVG


def test_text_is_drawn_whatever_family_it_names() -> None:
    blank = png(SVG.replace("12 of 20", ""))
    named = png(SVG.replace("<text", '<text font-family="Roboto"'))
    assert named != blank
    assert png(SVG) == png(SVG.replace("<text", '<text font-family="sans-serif"')) == named


@pytest.mark.parametrize("svg", ["", "no svg", "<svg"])
def test_what_is_no_svg_is_refused(svg: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        png(svg)


async def test_a_worker_that_dies_is_replaced() -> None:
    drawer = Drawer()
    assert await drawer.png(SVG) == png(SVG)
    pool = drawer._pool
    assert pool is not None
    os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
    again = await drawer.png(SVG) or await drawer.png(SVG)
    assert again == png(SVG)
    assert await drawer.png("no svg") is None
    drawer.close()
    drawer.close()
