"""What somebody feels, or how a line is spoken."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

EMOTIONS = Table(
    "emotion",
    {
        "neutral": (
            "=calm, =none, =normal, calmly, expressionless",
            "=нейтрально, =нейтральный, =спокойно, спокойный, спокоен, спокойна, =спокойствие",
        ),
        "happy": (
            (
                "cheerful, joyful, joy, glad, happily, smile, smiles, smiling, laugh, laughs, laughing, delighted, "
                "merry, excited, =cheery"
            ),
            (
                "радость, рад, рада, радостно, радостный, счастлив, счастливый, счастлива, весело, веселый, "
                "улыбается, смеется, улыбка, доволен, довольный"
            ),
        ),
        "sad": (
            (
                "sadly, unhappy, sorrow, sorrowful, gloomy, cry, cries, crying, weep, weeps, tears, melancholy, "
                "heartbroken, depressed, sob, sobs, sighs"
            ),
            (
                "грусть, грустно, грустный, грустит, печаль, печально, печальный, печален, плачет, слезы, тоска, "
                "тоскует, расстроен, рыдает, вздыхает"
            ),
        ),
        "angry": (
            "angrily, anger, furious, mad, rage, annoyed, irritated, petulant, frowns",
            (
                "гнев, гневно, гневный, злой, зло, зол, злость, злится, сердито, сердитый, сердит, сердится, "
                "раздражен, раздраженно, ярость, досада"
            ),
        ),
        "afraid": (
            (
                "scared, fear, fearful, frightened, terrified, nervous, anxious, anxiously, worried, nervously, "
                "panic, horror, freaks out, trembles, shudders, shivers"
            ),
            (
                "страх, испуг, испуган, испуганно, испуганный, боится, напуган, нервно, нервный, тревожно, тревога, "
                "ужас, в ужасе, беспокойство, волнуется, дрожит, пугается"
            ),
        ),
        "surprised": (
            (
                "surprise, astonished, amazed, shocked, startled, curious, curiously, surprisedly, puzzled, "
                "confused, gasps"
            ),
            (
                "удивление, удивлен, удивленный, удивленно, изумлен, изумление, поражен, любопытство, потрясен, "
                "недоумение, растерян, удивляется, ахает"
            ),
        ),
        "determined": (
            ("resolute, brave, confident, determination, bold, firmly, proud, proudly, serious, focused, heroic"),
            (
                "решимость, решителен, решительно, решительный, уверенно, уверен, уверенный, смело, смелый, храбро, "
                "гордо, гордый, твердо, серьезно, серьезный"
            ),
        ),
        "tired": (
            "weary, exhausted, sleepy, bored, tiredly, wearily, yawn, yawns, drowsy",
            ("усталость, устал, устала, усталый, устало, сонный, сонно, утомлен, зевает, скучает, измучен, скука"),
        ),
        "wonder": (
            "awe, awed, in awe, dreamy, enchanted, inspired, dreamily, mesmerised, fascinated",
            (
                "восторг, восхищение, восхищен, мечтательно, мечтательный, благоговение, зачарован, вдохновлен, "
                "завороженно, с восхищением"
            ),
        ),
        "tender": (
            ("love, loving, =gentle, gently, tenderly, affectionate, =warm, warmly, =kind, kindly, softly, romantic"),
            (
                "нежно, нежность, нежный, ласково, ласковый, любовь, влюблен, тепло, мягко, добро, с любовью, "
                "трогательно"
            ),
        ),
    },
)
