"""Small closed choices of other keys, so that they too may be written in Russian."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

CAPTIONS = Table(
    "captions",
    {
        "off": ("none, no, false", "нет, выкл, без субтитров, выключены"),
        "file": ("files, sidecar, srt, vtt", "файл, файлом, отдельно"),
        "burned": ("burnt, burned in, burn, hard", "вшитые, в кадре, впечатанные, на экране"),
        "both": ("all", "оба, и то и другое, везде"),
        "burned by word": ("by word, karaoke, word by word", "по словам, вшитые по словам, караоке"),
        "both by word": ("all by word", "оба по словам"),
    },
)
CAPTION_STYLES = Table(
    "caption style",
    {
        "boxed": ("box, in a box, on a box", "в рамке, на плашке, плашка, подложка"),
        "outline": ("outlined, contour, stroke", "обводка, с обводкой, контур"),
        "plain": ("simple, shadow, white", "простые, простой, с тенью"),
        "karaoke": ("sing along, sung", "караоке"),
        "bold pop": ("bold-pop, pop, bold, big words", "крупные слова, жирный, яркие"),
    },
)
CAPTION_STEPS = Table(
    "way of lighting captions",
    {"word": ("words, each word, by word", "слово, слова, по словам"), "line": ("lines, whole", "строка, целиком")},
)
CAPTION_SIZES = Table(
    "caption size",
    {
        "small": ("little, smaller", "мелкий, мелко, маленький"),
        "medium": ("normal, usual, middle", "средний, обычный"),
        "large": ("big, larger, huge", "крупный, крупно, большой"),
    },
)
CAPTION_ROWS = Table(
    "caption place",
    {"bottom": ("foot, below, down", "низ, внизу, снизу"), "top": ("above, up, head", "верх, вверху, сверху")},
)
CAPTION_FORMATS = Table(
    "caption format",
    {
        "srt": ("subrip, .srt", "срт"),
        "vtt": ("webvtt, .vtt", "втт"),
        "ass": ("ssa, substation, .ass, advanced substation alpha", "асс"),
    },
)
STANDING = Table(
    "position",
    {
        "far left": ("left edge, leftmost", "крайний слева, с левого края, далеко слева"),
        "left": ("on the left, left side", "слева, левее, левая сторона"),
        "center": (
            "centre, middle, in the middle, central",
            "центр, в центре, посередине, середина, по центру",
        ),
        "right": ("on the right, right side", "справа, правее, правая сторона"),
        "far right": ("right edge, rightmost", "крайний справа, с правого края, далеко справа"),
    },
)
FACING = Table(
    "facing",
    {
        "left": ("to the left", "влево, налево"),
        "right": ("to the right", "вправо, направо"),
        "auto": ("automatic", "авто, автоматически"),
    },
)
REFRAME = Table(
    "reframe",
    {
        "crop": ("cut", "кадрирование, обрезка, обрезать"),
        "track": ("follow", "слежение, следить"),
        "native": ("recompose", "заново, родной, перекомпоновка"),
        "pad": ("letterbox, blur", "поля, подложка, размытые поля"),
    },
)
GRADES = Table(
    "grade",
    {
        "none": ("off, no", "нет, без"),
        "warm": ("warmer", "тёплый, теплее, тепло"),
        "cool": ("cold, cooler", "холодный, холоднее, холодно"),
        "noir": ("black and white, monochrome", "нуар, чёрно-белый"),
        "bleach": ("bleach bypass, bleached", "обесцвеченный, отбелённый"),
        "sepia": ("old photograph", "сепия, старая фотография"),
        "faded": ("washed out, vintage", "выцветший, блёклый, винтаж"),
        "vivid": ("saturated, vibrant", "яркий, насыщенный, сочный"),
        "teal-and-orange": (
            "teal and orange, orange and teal, blockbuster",
            "бирюзовый с оранжевым, бирюза и апельсин, блокбастер",
        ),
        "golden": ("golden hour, honey", "золотистый, золотой, золотой час"),
        "moonlight": ("moonlit, day for night, night", "лунный свет, лунный, ночь"),
    },
)
DENOISE = Table(
    "denoise",
    {
        "none": ("off, no", "нет, без"),
        "light": ("weak, soft", "лёгкий, слабый, слабо"),
        "medium": ("normal", "средний, средне"),
        "strong": ("heavy", "сильный, сильно"),
    },
)
SHARPEN = Table(
    "sharpening",
    {
        "none": ("off, no", "нет, без"),
        "light": ("weak, soft", "лёгкая, лёгкий, слабая, слабо"),
        "medium": ("normal", "средняя, средний, средне"),
        "strong": ("heavy", "сильная, сильный, сильно"),
    },
)
INTERPOLATORS = Table(
    "interpolator",
    {
        "rife": ("network, neural network, neural", "райф, нейросеть, сеть"),
    },
)
LENGTHS = Table(
    "length",
    {
        "voice": ("=lines, =speech", "=голос, по голосу, =речь, по репликам"),
        "clip": ("=footage, =video", "=клип, по клипу, =видео, =ролик"),
    },
)
MIXING = Table(
    "mixing",
    {
        "linear": ("linear light, in linear light, linearly", "линейно, линейный, линейное, в линейном свете"),
    },
)
CODECS = Table(
    "codec",
    {
        "h264": ("h.264, h 264, avc, x264, libx264", "=х264, =х.264"),
        "hevc": ("h265, h.265, h 265, x265, libx265", "=х265, =х.265"),
        "av1": ("av 1, aom, svt-av1, libsvtav1", "=ав1"),
    },
)
SNAP = Table(
    "snap",
    {
        "beat": ("beats, on the beat", "доля, доли, бит, в такт, по долям"),
        "off": ("none, no, false", "нет, выкл"),
    },
)
SOUNDS = Table(
    "sounds",
    {
        "none": ("no, off, false, silent", "нет, без звуков, тишина"),
        "suggested": ("auto, automatic, suggest", "авто, автоматически, по месту, предложенные"),
    },
)
PROVENANCE = Table(
    "provenance",
    {
        "on": ("yes, true, signed", "да, вкл, подписать"),
        "off": ("none, no, false", "нет, выкл"),
        "no training": ("on without training, not for training", "не для обучения, без обучения"),
    },
)
DELIVERIES = Table(
    "delivery",
    {
        "youtube": ("you tube, =yt", "ютуб, ютьюб, =ютюб"),
        "shorts": ("youtube shorts, yt shorts", "шортс, шортсы, ютуб шортс"),
        "reels": ("instagram reels, =reel", "рилс, рилсы"),
        "tiktok": ("tik tok, tik-tok", "тикток, тик-ток, тик ток"),
        "instagram": ("instagram square, =insta", "инстаграм, инстаграмм, =инста"),
        "web": ("website, for the web, webm", "веб, сайт, для сайта"),
        "master": ("prores, master copy", "мастер, мастер-копия, прорес"),
        "gif": ("animated gif", "=гиф, гифка"),
        "webp": ("animated webp", "=вебп"),
        "poster": ("cover, title picture", "постер, обложка, плакат"),
        "thumbnails": ("thumbs, =thumbnail", "миниатюры, эскизы"),
    },
)
REST = Table("score", {"none": ("no, off, rest, silence", "нет, без музыки, пауза, тишина")})
