"""What people wear and how they look, as prose says it: clothes, and what belongs to the body itself.

English and Russian words as stems. Knows no colours and no painter.
"""

from __future__ import annotations

from storyboard.vocabulary.stems import stem_set

GARMENTS = stem_set(
    "headscarves scarves dress gown skirt robe robes coat overcoat trenchcoat raincoat jacket suit tuxedo uniform "
    "armour armor shirt sweater jumper tunic overalls spacesuit trousers pants jeans breeches boots shoes scarf "
    "cape cloak mantle apron waistcoat vest hat fedora hood crown tiara cap kerchief bandana bonnet headscarf "
    "shawl beanie helmet beret tricorne diadem платье платья платьем сарафан сарафане юбка юбке пальто шинель "
    "шинели плащ плаще плащом шуба шубе халат халате мантия мантии костюм костюме фрак фраке пиджак пиджаке "
    "сюртук сюртуке мундир мундире доспехи доспехах латы латах рубашка рубашке рубаха рубахе свитер свитере "
    "куртка куртке комбинезон комбинезоне скафандр скафандре брюки брюках штаны штанах джинсы джинсах сапоги "
    "сапогах ботинки ботинках туфли туфлях шарф шарфе шарфом накидка накидке жилет жилете фартук фартуке передник "
    "переднике шляпа шляпе капюшон капюшоне капюшоном корона короне кепка кепке цилиндр цилиндре косынка косынке "
    "чепец чепце платок платке шапка шапке шлем шлеме каска каске берет берете фуражка фуражке колпак колпаке "
    "треуголка треуголке диадема диадеме"
)
"""Clothes and hats."""
FEATURES = stem_set(
    "hair beard moustache mustache stubble glasses spectacles eyepatch ponytail braid braids plait bun curls skin "
    "волосы волосами борода бородой усы усами щетина щетиной очки очках коса косой косы косами хвост хвостом "
    "кудри кудрями кожа кожей"
)
"""What belongs to the body, and glasses."""
FASHIONS = stem_set(
    "long short curly straight dark light pale straw leather woollen wool silk velvet fur knitted pointed wide "
    "old torn simple elegant bright thick warm round bowler top trench travelling hooded evening summer winter "
    "white grey fair blond blonde ginger chestnut auburn"
)
"""Words that may stand before them, besides colours and what has the form of an adjective."""
WEARING = stem_set(
    "in with wearing wears wear dressed has having sporting в во с со носит одет одета одеты одетый одетая надел надела"
)
"""Words by which somebody gets them."""
CLOTHED = stem_set("wearing wears wear dressed одет одета одеты одетый одетая носит надел надела")
"""Those of them that say nothing else."""
