"""A store on the disk as the first start leaves it: whole data folder, one person, closed."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from crmdesk.bootstrap.house import begin, enter
from crmdesk.core.clock import SystemClock
from crmdesk.core.context import StoreRef
from crmdesk.core.settings_desk import LANGUAGE
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.services.signin import BeginStore, begin_store, nobody
from crmdesk.services.unit import perform

PIN = "2580"
OWNER = "何老板"


def begun_store(folder: Path) -> DataDir:
    """Make it; its desk speaks English. The file is made once a session and copied."""
    template = _template()
    data = DataDir(folder)
    data.prepare()
    for one in (template.database, template.mark, template.desk_file):
        shutil.copyfile(one, folder / one.name)
    return data


@cache
def _template() -> DataDir:
    clock = SystemClock()
    house = begin(enter(DataDir(Path(mkdtemp())), clock), clock)
    if house.opened is None:
        raise RuntimeError
    request = BeginStore("01", "文三路店", OWNER, PIN)
    perform(
        house.opened.database,
        nobody(clock, StoreRef(0, "", "")),
        lambda session, context: begin_store(session, request, context),
    )
    house.data.set_mark(clock.now())
    DeskFile(house.data.desk_file).put(LANGUAGE, "en")
    house.close()
    return house.data
