"""Whether a given name is a woman's or a man's: the commonest English ones by list, Russian ones by their ending too.

Pure; a name that may be either tells nothing.
"""

from __future__ import annotations

import re


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WOMEN = _listed(
    "abigail ada agatha agnes alice amanda amelia amy andrea angela ann anna anne annie audrey barbara beatrice"
    " bella beth betty brenda carol caroline catherine charlotte chloe christina clara claire cynthia daisy deborah"
    " diana donna dora doris dorothy edith elena eleanor eliza elizabeth ella ellen elsa emily emma erica esther eva"
    " eve evelyn fiona flora florence frances gloria grace greta hannah harriet hazel heidi helen holly ida irene"
    " iris isabel isabella ivy jane janet jean jennifer jessica joan joanna josephine joy judith judy julia julie"
    " juliet karen kate katherine kathleen laura lena lily linda lisa lottie louise lucy lydia madeleine maggie"
    " margaret maria marie martha mary matilda maya megan melissa mia michelle molly nancy naomi natalie nina nora"
    " olga olivia pamela patricia paula penelope phoebe polly rachel rebecca rosa rose ruby ruth sally sandra sarah"
    " sharon sonia sophia sophie stella susan sylvia tanya teresa tina ursula valerie vera veronica victoria violet"
    " virginia wendy zoe любовь надежда"
)
_MEN = _listed(
    "aaron abel adam adrian alan albert alexander alfred andrew anthony archibald arnold arthur barry ben benjamin"
    " bernard bill bob boris brian bruce carl charles charlie christopher clarence colin daniel dave david dennis"
    " derek donald douglas duncan edgar edmund edward edwin eric ernest eugene felix frank fred frederick gary"
    " george gerald gilbert giles gregory guy harold harry hector henry herbert howard hugh hugo ian isaac ivan jack"
    " jacob james jasper jeff jeffrey jeremy jim joe john jonathan joseph joshua julian justin keith kenneth kevin"
    " larry lawrence leo leon leonard lewis louis luke marcus mark martin matthew max michael mike neil nicholas"
    " nigel noah norman oliver oscar otto owen patrick paul percy peter philip ralph raymond richard rick robert"
    " robin roger ron ronald rudolf rupert samson samuel scott sebastian sherlock sidney simon stanley stephen steve"
    " stuart theodore thomas tim timothy toby tom tony victor vincent walter watson wilfred william winston"
)
_RUSSIAN_MEN_IN_A = _listed(
    "алёша алеша боря ваня вася витя вова володя гена гоша гриша данила дима илья кеша коля костя кузьма лёва лева"
    " лёня леня лёша леша лука лёха миша митя никита никола петя рома савва сева сеня серёжа сережа слава стёпа"
    " степа тёма тема тима толя федя филя фома юра яша добрыня судья воевода"
    " старшина"
)
_EITHER = _listed("саша женя валя шура славик паша")
_CYRILLIC = re.compile("[а-яё]+")
_RUSSIAN_CONSONANTS = "бвгджзйклмнпрстфхцчшщ"


def gender_of_name(name: str) -> str:
    """`female`, `male`, or "" where the name tells nothing; its first word that does decides."""
    words = re.findall(r"\w+", name.casefold())
    for word in words:
        if word in _WOMEN:
            return "female"
        if word in _MEN or word in _RUSSIAN_MEN_IN_A:
            return "male"
        if word in _EITHER or not _CYRILLIC.fullmatch(word):
            continue
        if word[-1] in "ая":
            return "female"
        if word[-1] in _RUSSIAN_CONSONANTS:
            return "male"
    return ""
