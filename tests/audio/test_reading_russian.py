"""Reading Russian aloud: figures and abbreviations in words and in the right case, stress marks, the lexicon, ё."""

from __future__ import annotations

import pytest

from audio.reading.aloud import spoken
from audio.reading.russian_sounds import from_ipa, from_latin, letters
from audio.reading.stress import marked, unstressed, with_plus
from audio.reading.timing import written_words

_SAID = {
    "В 2026 году на 3-м этаже": "в две тысячи двадцать шестом году на третьем этаже",
    "цена 1500 рублей": "цена одна тысяча пятьсот рублей",
    "по цене 1500 рублей": "по цене одна тысяча пятьсот рублей",
    "Стоит 1500 руб.": "стоит одну тысячу пятьсот рублей.",
    "12 апреля 1961 г. в космос": "двенадцатого апреля тысяча девятьсот шестьдесят первого года в космос",
    "22.11.2026": "двадцать второго ноября две тысячи двадцать шестого года",
    "22/11/2026": "двадцать второго ноября две тысячи двадцать шестого года",
    "в 9:07": "в девять ноль семь",
    "в 7:00": "в семь часов",
    "до 10:00": "до десяти часов",
    "к 21:00": "к двадцати одному часу",
    "после 9:30": "после девяти тридцати",
    "25% людей": "двадцать пять процентов людей",
    "5,5 %": "пять целых пять десятых процента",
    "А. С. Пушкин": "а э́с пушкин",
    "т. е. завтра": "то есть завтра",
    "и т. д.": "и так далее.",
    "ул. Ленина, д. 5": "улица ленина, дом пять",
    "г. Москва": "город москва",
    "проф. Иванов": "профессор иванов",
    "в 80-е годы": "в восьмидесятые годы",
    "XX век": "двадцатый век",
    "век XIX": "век девятнадцатый",
    "Пётр I": "пётр первый",
    "-5 °C": "минус пять градусов цельсия",
    "5 км/ч": "пять километров в час",
    "Рост 180 см": "рост сто восемьдесят сантиметров",
    "1/2 стакана": "половина стакана",
    "1,5 минуты": "полторы минуты",
    "10–12 человек": "десять двенадцать человек",
    "№ 5": "номер пять",
    "$100": "сто долларов",
    "3 млн человек": "три миллиона человек",
    "21 день": "двадцать один день",
    "с 3 друзьями": "с тремя друзьями",
    "300 руб./кг": "триста рублей за килограмм",
    "агент ФБР": "агент эфбээ́р",
    "смотри YouTube": "смотри ютуб",
    "еще зеленый берет": "ещё зелёный берет",
}


@pytest.mark.parametrize("written", _SAID)
def test_what_is_said(written: str) -> None:
    """Each written form is said as a reader would say it."""
    assert spoken(written, "ru").text_with("\u0301") == _SAID[written]


def test_every_written_word_is_kept_in_order() -> None:
    """Whatever is said, the written words are those that captions show: without stress marks."""
    line = "— В 2026 г. (да!) з+амок за́мок стоил 1500 руб.: «Guru» & Миша… 😀"
    assert spoken(line, "ru").written == written_words(unstressed(line))


def test_words_that_nothing_changed_keep_their_own_place() -> None:
    """Around figures the words stay tied one for one."""
    tied = {token.written: token.spoken for token in spoken("Вот 25% от 300 рублей за дом.", "ru").tokens}
    assert tied[("25%",)] == ("двадцать", "пять", "процентов")
    assert tied[("рублей",)] == ("рублей",)
    assert tied[("дом.",)] == ("дом",)


def test_marks_end_sentences() -> None:
    """A question before a dash is still a question; a bracket is a comma."""
    read = spoken("«Кто там?» — спросил он (тихо)… Да!", "ru")
    assert read.text == "кто там? спросил он, тихо… да!"


def test_stress_marks_come_in_two_spellings() -> None:
    """An acute after the vowel and a plus before it mean the same; captions show neither."""
    assert marked("з+амок") == marked("за́мок") == "за\u0301мок"
    assert unstressed("з+амок и за́мок, +это") == "замок и замок, это"
    assert with_plus("за\u0301мок") == "з+амок"
    assert spoken("з+амок", "ru").text_with("\u0301") == "за\u0301мок"


def test_a_plus_that_is_no_stress_stays() -> None:
    """Sums, accents of other alphabets and the letters й and ё are not touched."""
    assert unstressed("2+а = с + а, café, йод, ёж") == "2+а = с + а, café, йод, ёж"


def test_lexicon_words_in_their_forms() -> None:
    """A stressed or respelt word is found in its inflected forms; a strange word that begins alike is not."""
    words = (("Хоббит", "хо́ббит"), ("Гуру", "/ɡʊˈru/"), ("Миша", "м+иша"))
    read = spoken("Хоббиты с хоббитом и гуру. Мише и мишень.", "ru", words)
    assert read.text_with("'") == "хо'ббиты с хо'ббитом и гуру'. ми'ше и мишень."


def test_a_mark_in_the_line_beats_the_lexicon() -> None:
    """The author's mark in the very line is not overruled."""
    assert spoken("хобби́т", "ru", (("хоббит", "хо́ббит"),)).text_with("'") == "хобби'т"


def test_foreign_letters_and_sounds() -> None:
    """Latin words, names of letters and transcriptions become Russian letters that a Russian voice can read."""
    assert from_latin("YouTube") == "ютуб"
    assert from_latin("Yorblef") == "йорблеф"
    assert letters("СССР") == "эсэсэсэ\u0301р"
    assert letters("FBI") == "эфбиа\u0301й"
    assert from_ipa("ˈmʲiʂə") == "ми\u0301шэ"
    assert from_ipa("ˈkonʲ") == "ко\u0301нь"
