"""What plays a score."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

INSTRUMENTS = Table(
    "instrument",
    {
        "piano": ("grand piano, felt piano, keys", "фортепиано, рояль, пианино, клавиши"),
        "electric piano": ("rhodes, wurlitzer, e-piano", "электропиано, электрическое пианино, родес"),
        "organ": ("church organ, pipe organ", "орган"),
        "accordion": ("concertina, bayan", "аккордеон, баян, гармонь, гармошка"),
        "strings": (
            "string section, string orchestra, orchestra, orchestral, symphonic",
            "струнные, струнный оркестр, оркестр, симфонический",
        ),
        "pizzicato": ("pizzicato strings, plucked strings", "пиццикато"),
        "violin": ("fiddle, solo violin", "скрипка, скрипки"),
        "viola": ("solo viola", "альт"),
        "cello": ("cellos, violoncello, solo cello", "виолончель, виолончели"),
        "double bass": ("contrabass, upright bass", "контрабас"),
        "bass": ("bass guitar, electric bass", "бас, бас-гитара, басгитара"),
        "harp": ("concert harp", "арфа"),
        "guitar": ("acoustic guitar, classical guitar, nylon guitar", "гитара, акустическая гитара"),
        "electric guitar": ("clean guitar", "электрогитара"),
        "brass": ("brass section, horns section", "медные, медные духовые, духовой оркестр"),
        "horn": ("french horn, horns", "валторна, валторны, рожок"),
        "trumpet": ("trumpets, cornet", "труба, трубы"),
        "muted trumpet": ("trumpet with mute", "труба с сурдиной, засурдиненная труба"),
        "trombone": ("trombones", "тромбон, тромбоны"),
        "tuba": ("sousaphone", "туба"),
        "saxophone": ("sax, tenor sax, alto sax", "саксофон"),
        "flute": ("flutes, piccolo", "флейта, флейты"),
        "clarinet": ("clarinets", "кларнет, кларнеты"),
        "oboe": ("oboes, cor anglais, english horn", "гобой, английский рожок"),
        "bassoon": ("bassoons", "фагот"),
        "whistle": ("tin whistle, penny whistle", "свистулька, дудочка, свирель"),
        "choir": ("chorus, voices, vocal", "хор, голоса, вокал"),
        "celesta": ("celeste", "челеста"),
        "music box": ("musical box", "музыкальная шкатулка, шкатулка"),
        "glockenspiel": ("chimes", "глокеншпиль, колокольчики"),
        "vibraphone": ("vibes", "вибрафон"),
        "marimba": ("balafon", "маримба"),
        "xylophone": ("xylophones", "ксилофон"),
        "bells": ("tubular bells, church bells", "колокола, колокол"),
        "synth": (
            "synthesizer, synthesiser, synths, synth lead, electronic keys",
            "синтезатор, синтезаторы, синт",
        ),
        "pad": ("synth pad, ambient pad, drone", "пэд, подклад, подклады"),
        "synth bass": ("bass synth, sub bass", "синтезаторный бас, сабвуферный бас"),
        "drums": (
            "drum kit, drum, percussion, beat",
            "барабаны, ударные, ударная установка, барабан, барабанов, перкуссия",
        ),
        "brushes": ("brushed drums, jazz drums", "щётки, джазовые ударные"),
        "drum machine": ("electronic drums, 808", "драм-машина, драммашина, электронные ударные"),
        "timpani": ("kettledrums, timpany", "литавры"),
        "taiko": ("taiko drums, war drums", "тайко, боевые барабаны"),
    },
)
