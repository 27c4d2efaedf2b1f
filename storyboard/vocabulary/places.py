"""Where a scene takes place."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

PLACES = Table(
    "place",
    {
        "forest": (
            "woods, wood, woodland, grove, jungle, pine forest, birch grove",
            "лес, чаща, роща, бор, тайга, опушка, джунгли, лесная поляна, березовая роща, березняк",
        ),
        "meadow": (
            (
                "field, fields, grassland, prairie, pasture, glade, steppe, garden, orchard, cherry orchard, =hill, "
                "hills"
            ),
            "луг, поле, поляна, степь, пастбище, луговина, сад, вишневый сад, =холм, холмы",
        ),
        "mountains": (
            (
                "mountain, mountain top, mountain path, foothills, foothill, peak, summit, cliffs, cliff, ridge, "
                "mountain range"
            ),
            "горы, гора, горный, в горах, вершина, скалы, скала, предгорье, хребет, утес, пик",
        ),
        "lake": (
            "stream, river, pond, lakeside, lake shore, riverbank, river bank, creek, brook, waterfall",
            "озеро, река, речка, ручей, пруд, берег реки, берег озера, водопад",
        ),
        "sea shore": (
            ("seashore, beach, seaside, coast, shore, sea coast, sea side, =sea, harbour, harbor, quay, pier, island"),
            ("берег моря, морской берег, пляж, побережье, взморье, =берег, причал, набережная, гавань, остров"),
        ),
        "open sea": (
            "ocean, high seas, at sea, =water",
            "открытое море, океан, =море, в море",
        ),
        "desert": (
            "dunes, sand dunes, wasteland, sahara",
            "пустыня, дюны, барханы, пески",
        ),
        "snowfield": (
            "snow field, tundra, glacier, ice field, arctic, snowy plain",
            "снежное поле, снежная равнина, тундра, ледник, арктика, заснеженное поле",
        ),
        "village": (
            "hamlet, farm, farmyard, farmhouse, countryside, small town",
            "деревня, село, ферма, хутор, поселок, двор, околица, имение, усадьба",
        ),
        "city street": (
            ("street, city, town, downtown, avenue, boulevard, town square, market, market square, crosswalk"),
            "улица, город, городская улица, проспект, площадь, рынок, бульвар",
        ),
        "rooftop": (
            "roof, roof top, rooftops, =roofs",
            "крыша, крыши, на крыше",
        ),
        "alley": (
            "alleyway, back street, backstreet, side street, lane",
            "переулок, подворотня, закоулок, =аллея",
        ),
        "park": (
            "city park, public garden, playground",
            "парк, городской парк, сквер",
        ),
        "road": (
            "highway, country road, path, trail, crossroads, crossroad, motorway",
            "дорога, шоссе, тропа, тропинка, перекресток, проселок, =путь",
        ),
        "bridge": (
            "chasm, rope bridge, gorge, abyss, stone bridge, footbridge",
            "мост, пропасть, ущелье, мостик, подвесной мост, бездна",
        ),
        "castle": (
            "palace, fortress, citadel, throne room, tower",
            "замок, замка, замке, дворец, крепость, дворца, дворце, тронный зал, башня",
        ),
        "ruins": (
            "ruin, ruined temple, temple, ancient ruins",
            "руины, развалины, храм, древний храм",
        ),
        "cave": (
            "cavern, grotto, =mine, tunnel",
            "пещера, грот, шахта, туннель, подземелье",
        ),
        "space": (
            "=space, outer space, deep space, orbit, starfield, in space, =stars",
            "космос, открытый космос, орбита, =звезды, космическое пространство",
        ),
        "planet surface": (
            "planet, alien planet, moon surface, mars, lunar surface, alien world",
            "планета, поверхность планеты, чужая планета, марс, поверхность луны",
        ),
        "room": (
            (
                "bedroom, living room, interior, nursery, study, hall, parlour, parlor, drawing room, house "
                "interior, interview room, interrogation room, =house, =home"
            ),
            "комната, спальня, гостиная, детская, зал, кабинет, горница, интерьер, =дом, =дома",
        ),
        "kitchen": (
            "cookhouse, =dining room, cafe, café, restaurant, tavern, canteen, bakery",
            "кухня, столовая, кафе, ресторан, таверна, трактир, пекарня",
        ),
        "office": (
            (
                "workplace, police station, laboratory, lab, meeting room, classroom, library, hospital, clinic, "
                "school, =bank"
            ),
            ("офис, контора, лаборатория, участок, кабинет врача, класс, библиотека, больница, школа, поликлиника"),
        ),
        "stage": (
            "theatre, theater, theatre stage, =scene, on stage, concert hall, circus",
            "сцена театра, театр, =сцена, подмостки, эстрада, на сцене, концертный зал, цирк",
        ),
    },
)
