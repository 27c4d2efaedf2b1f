"""The lines that voices are judged by: twenty in each language, known public-domain ones and plain ones."""

from __future__ import annotations

_ENGLISH = (
    "It is a truth universally acknowledged, that a single man of good fortune must be in want of a wife.",
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.",
    "Call me Ishmael. Some years ago, I thought I would sail about a little and see the watery part of the world.",
    "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do.",
    "To Sherlock Holmes she is always the woman. I have seldom heard him mention her under any other name.",
    "All happy families are alike; every unhappy family is unhappy in its own way.",
    "You will rejoice to hear that no disaster has accompanied the beginning of an enterprise.",
    "The Time Traveller smiled round at us. Then, still smiling faintly, he walked slowly out of the room.",
    "No one would have believed that this world was being watched keenly and closely.",
    "Fifteen men on the dead man's chest, and a bottle of rum!",
    "The lamp in the kitchen is broken, so please bring a candle when you come down.",
    "Where were you last night? I waited for you at the station until eleven.",
    "I don't know who sent the letter, but the handwriting looks like my father's.",
    "Hold the rope with both hands, and whatever happens, do not look down!",
    "The train to the north leaves at half past seven from platform four.",
    "She opened the old wooden box and found three silver coins and a photograph.",
    "We have enough food and water for six days, perhaps seven if we are careful.",
    "Listen! Can you hear the wind in the trees, or is somebody singing?",
    "He was born in 1984 in a small town by the sea, and he never went far from it.",
    "Thank you for everything, doctor. I feel much better than I did yesterday morning.",
)

_RUSSIAN = (
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
    "Мой дядя самых честных правил, когда не в шутку занемог, он уважать себя заставил.",
    "Мороз и солнце, день чудесный! Ещё ты дремлешь, друг прелестный.",
    "У лукоморья дуб зелёный, златая цепь на дубе том.",
    "Белеет парус одинокий в тумане моря голубом.",
    "Скажи-ка, дядя, ведь недаром Москва, спалённая пожаром, французу отдана?",
    "Говорили, что на набережной появилось новое лицо, дама с собачкой.",
    "Чуден Днепр при тихой погоде, когда вольно и плавно мчит он полные воды свои.",
    "Выхожу один я на дорогу, сквозь туман кремнистый путь блестит.",
    "Я вас любил, любовь ещё, быть может, в душе моей угасла не совсем.",
    "Поезд на север отправляется в семь часов с четвёртой платформы.",
    "Где ты был вчера вечером? Я ждал тебя на вокзале до одиннадцати.",
    "Принеси, пожалуйста, свечу, на кухне опять погас свет.",
    "Она открыла старую коробку и нашла в ней три серебряные монеты.",
    "Держись за верёвку двумя руками и не смотри вниз!",
    "Сегодня утром в городе выпал первый снег, и дети побежали во двор.",
    "Я не знаю, кто прислал письмо, но почерк похож на отцовский.",
    "У нас хватит воды и хлеба на шесть дней, не больше.",
    "Слышишь? Кажется, кто-то поёт за рекой.",
    "Спасибо вам за всё, доктор, сегодня мне гораздо лучше.",
)


def sentences(language: str) -> tuple[str, ...]:
    """The twenty lines of `en` or `ru`."""
    return {"en": _ENGLISH, "ru": _RUSSIAN}[language]
