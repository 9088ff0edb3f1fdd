"""That a process which is killed while it writes harms nothing."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

from perennial.core.search import Asked, Entry, SearchIndex

WRITES = """
import sys
from pathlib import Path
from perennial.core.search import Entry, SearchIndex

def entries():
    for number in range(10, 3_000):
        yield Entry(number, f"Sleep, number {number}", "Some words of an abstract that is long enough to fill the buffers. " * 10)
    print("half way", flush=True)
    sys.stdin.read()
    yield Entry(30_000, "The last one")

SearchIndex(Path(sys.argv[1])).keep(entries(), gone=[1], place={"at": "later"})
"""


def test_readers_find_what_there_was_and_the_next_one_can_write(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.keep([Entry(1, "One"), Entry(2, "Two")], place={"at": "now"})
    writer = subprocess.Popen([sys.executable, "-c", WRITES, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    end = Timer(60, writer.kill)
    end.start()
    assert writer.stdout.readline() == "half way\n"
    end.cancel()
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    for one in (index, SearchIndex(tmp_path)):
        assert (one.count, one.place(), one.search(Asked()).count) == (2, {"at": "now"}, 2)
    index.keep([Entry(3, "Three")], gone=[1])
    assert sorted(hit.id for hit in SearchIndex(tmp_path).search(Asked()).hits) == [2, 3]
