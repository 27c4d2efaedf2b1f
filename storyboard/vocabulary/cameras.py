"""How the camera moves."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

CAMERAS = Table(
    "camera",
    {
        "static": (
            "=still, =fixed, locked off, locked-off camera, static camera, static shot, =none, tripod shot, =locked",
            "=статичная, неподвижная камера, =неподвижно, =неподвижная, статичный план, =статика, =нет, =стоит",
        ),
        "pan left": (
            "pans left, panning left, pan to the left, pan right to left",
            "панорама влево, панорама справа налево, панорамирование влево, =поворот влево",
        ),
        "pan right": (
            "=pan, pans right, panning right, pan to the right, pan left to right",
            "панорама вправо, панорама слева направо, панорамирование вправо, =панорама, =поворот вправо",
        ),
        "tilt up": (
            "tilts up, =tilt, tilting up",
            "наклон вверх, панорама вверх, панорама снизу вверх, вертикальная панорама вверх",
        ),
        "tilt down": (
            "tilts down, tilting down",
            "наклон вниз, панорама вниз, панорама сверху вниз, вертикальная панорама вниз",
        ),
        "dolly in": (
            (
                "=dolly, push in, pushes in, slow push-in, track in, camera moves in, dolly forward, =forward, slow "
                "dolly in"
            ),
            "=наезд, наезд камеры, камера приближается, медленный наезд, =вперед, =приближение",
        ),
        "dolly out": (
            "pull out, pull back, pulls back, track out, dolly back, =back, slow dolly out",
            "=отъезд, отъезд камеры, камера отъезжает, камера удаляется, =назад",
        ),
        "truck left": (
            "trucks left, move left, slide left, camera moves left, dolly left",
            "проезд влево, движение влево, камера движется влево",
        ),
        "truck right": (
            "=truck, trucks right, move right, slide right, camera moves right, dolly right",
            "=проезд, проезд вправо, движение вправо, камера движется вправо",
        ),
        "crane up": (
            "=crane, cranes up, boom up, pedestal up, camera rises, jib up, =rise",
            "=кран, кран вверх, подъем камеры, камера поднимается, =подъем",
        ),
        "crane down": (
            "cranes down, boom down, pedestal down, camera descends, jib down",
            "кран вниз, спуск камеры, камера опускается, =спуск",
        ),
        "fly over": (
            "flyover, fly-over, =aerial, drone shot, =drone, flying over, =flight",
            "=полет, пролет, пролет над, пролет камеры, съемка с дрона, =дрон",
        ),
        "handheld": (
            "hand-held, hand held, =shaky, shaky camera, handheld camera",
            "=с рук, ручная камера, съемка с рук, камера с рук",
        ),
        "whip pan": ("swish pan, =whip", "быстрая панорама, резкая панорама, переброс"),
        "zoom in": (
            "=zoom, zooms in, zooming in, slow zoom in",
            "=зум, зум внутрь, приближение зумом, трансфокация",
        ),
        "zoom out": ("zooms out, zooming out, slow zoom out", "зум наружу, отдаление зумом, обратный зум"),
        "rack focus": (
            "focus pull, pull focus, shift focus, =focus",
            "перевод фокуса, смена фокуса, =фокус",
        ),
        "orbit": (
            "=orbit, arc shot, =arc, =circle, camera orbits, orbiting camera, =360",
            "=облет, камера облетает, облет камеры, =по кругу, круговой проезд",
        ),
        "reveal": ("=reveal, reveal shot, revealing shot", "=раскрытие, раскрывающий план"),
        "tracking": (
            "=tracking, tracking shot, =track, =follow, follows, following shot, camera follows",
            "=слежение, камера следует, следящая камера, =сопровождение, следует за",
        ),
    },
)
