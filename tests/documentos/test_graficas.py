"""Las gráficas: lo que ve quien mira el papel, y lo que oye quien no lo ve."""

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from expediente.documentos.graficas import (
    Grafica,
    Lienzo,
    Punto,
    barras,
    columnas,
    las_mayores,
)
from expediente.documentos.plantilla import compilar
from expediente.documentos.trazos import Letrero, Poligono
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.letra import ancho_de
from tests.documentos.hechuras import parrafos_con
from tests.documentos.hojas import abrir, guardar
from tests.documentos.orden_del_xml import defectos

LARGO = "Desazolve por desbordamiento de aguas negras en la vía pública, con socavón y sin luz"


def por_tipo(*cifras: int, titulo: str = "Por tipo") -> Grafica:
    return Grafica(titulo, tuple(Punto(f"Tipo {n}", (c,)) for n, c in enumerate(cifras)))


def cajas(lienzo: Lienzo) -> list[tuple[float, float]]:
    """El ancho y el alto de cada barra, en el orden en que se pintan."""
    return [
        (
            round(max(x for x, _ in t.puntos) - min(x for x, _ in t.puntos), 2),
            round(max(y for _, y in t.puntos) - min(y for _, y in t.puntos), 2),
        )
        for t in lienzo.trazos
        if isinstance(t, Poligono)
    ]


def letreros(lienzo: Lienzo) -> list[str]:
    return [t.texto for t in lienzo.trazos if isinstance(t, Letrero)]


def desglose(*cifras: object, nombre: str = "Por colonia", **mas: object) -> dict[str, Any]:
    filas = [{"nombre": f"Colonia {n}", "valor": str(c)} for n, c in enumerate(cifras)]
    return {"nombre": nombre, "filas": filas, **mas}


def carta(tmp_path: Path, etiqueta: str, **campos: object) -> bytes:
    return compilar(guardar(tmp_path, parrafos_con(etiqueta))).llenar(campos)


def textos_alternativos(contenido: bytes) -> list[str]:
    dibujos = abrir(contenido).element.body.iter(qn("wp:docPr"))
    return [dibujo.get("descr") for dibujo in dibujos]


@pytest.mark.parametrize("ancho", [120, 200, 450, 720])
def test_cada_barra_mide_en_proporcion_a_su_cifra_y_lleva_la_cifra(ancho: float) -> None:
    lienzo = barras(por_tipo(40, 20, 10), ancho)

    largos = [largo for largo, _ in cajas(lienzo)]
    assert largos[0] / largos[1] == pytest.approx(2, rel=0.01)
    assert largos[0] / largos[2] == pytest.approx(4, rel=0.01)
    assert {"40", "20", "10"} <= set(letreros(lienzo))


def test_las_que_no_caben_se_juntan_en_otros_y_no_se_pierde_ninguna() -> None:
    g = por_tipo(*range(1, 21))

    puntos = las_mayores(g)

    assert [p.valor for p in puntos[:12]] == list(range(20, 8, -1))
    assert (puntos[12].nombre, puntos[12].valor, puntos[12].resto) == ("Otros (8)", 36, True)
    assert sum(p.valor for p in puntos) == sum(p.valor for p in g.puntos)


def test_doce_caben_sin_juntar_ninguna() -> None:
    assert not any(p.resto for p in las_mayores(por_tipo(*range(12))))


def test_unos_porcentajes_no_se_suman_en_otros() -> None:
    puntos = tuple(Punto(f"Área {n}", (Decimal(n),), (f"{n}.0 %",)) for n in range(15))

    ultimo = las_mayores(Grafica("Eficiencia", puntos, sumable=False))[-1]

    assert (ultimo.nombre, ultimo.dichos) == ("y 3 más", ("",))


@pytest.mark.parametrize("dibujar", [barras, columnas])
def test_todo_va_en_negro_gris_y_blanco(dibujar: Any) -> None:
    """Fotocopiado se distingue igual que impreso."""
    g = Grafica("A", (Punto("x", (3, 2)), Punto("y", (1, 4))), ("Recibidos", "Concluidos"))

    rellenos = {t.relleno for t in dibujar(g, 300).trazos if isinstance(t, Poligono)}

    assert all(color[1:3] == color[3:5] == color[5:7] for color in rellenos)


def test_las_dos_series_se_distinguen_sin_color_y_la_leyenda_dice_cual_es_cual() -> None:
    g = Grafica("A", (Punto("S46", (3, 2)), Punto("S47", (1, 4))), ("Recibidos", "Concluidos"))

    lienzo = columnas(g, 300)

    oscura, clara = [t.relleno for t in lienzo.trazos if isinstance(t, Poligono)][2:4]
    assert int(clara[1:3], 16) - int(oscura[1:3], 16) > 128
    assert {"Recibidos", "Concluidos", "S46", "S47"} <= set(letreros(lienzo))


@pytest.mark.parametrize("cifras", [(0,), (0, 0, 5), (1, 10**9), (3,) * 12])
def test_lo_que_es_cero_no_lleva_barra_y_lo_que_no_se_ve(cifras: Sequence[int]) -> None:
    largos = [largo for largo, _ in cajas(barras(por_tipo(*cifras), 300))]

    assert len(largos) == sum(c > 0 for c in cifras)
    assert all(largo >= 0.8 for largo in largos)


@pytest.mark.parametrize("dibujar", [barras, columnas])
@pytest.mark.parametrize("ancho", [114, 205, 650])
@pytest.mark.parametrize("cuantas", [1, 2, 7, 12, 53])
def test_nada_se_sale_del_dibujo(dibujar: Any, ancho: float, cuantas: int) -> None:
    puntos = tuple(Punto(LARGO[: 5 + 7 * n % 80], (n * 977 % 5000,)) for n in range(cuantas))
    g = Grafica(LARGO, puntos)
    lienzo = dibujar(g if dibujar is columnas else Grafica(LARGO, las_mayores(g)), ancho)

    for trazo in lienzo.trazos:
        if isinstance(trazo, Letrero):
            medida = ancho_de(trazo.texto, trazo.tamano, trazo.negrita)
            assert trazo.x >= 0 and 0 < trazo.y <= lienzo.alto
            assert dibujar is columnas or trazo.x + medida <= ancho + 0.01
        else:
            assert all(0 <= x <= ancho + 0.01 and y <= lienzo.alto for x, y in trazo.puntos)


def test_un_nombre_larguisimo_se_corta_en_dos_renglones_y_lo_dice() -> None:
    lienzo = barras(Grafica("", (Punto(LARGO, (3,)),)), 200)

    renglones = [t for t in letreros(lienzo) if t != "3"]

    assert len(renglones) == 2 and renglones[1].endswith("…")


def test_en_word_es_un_dibujo_vectorial_cuyo_texto_dice_las_cifras(tmp_path: Path) -> None:
    llena = carta(tmp_path, "{{ grafica(g, ancho='12cm') }}", g=desglose(3, "1,204"))

    assert textos_alternativos(llena) == ["Gráfica: Por colonia. Colonia 1, 1,204; Colonia 0, 3."]
    with zipfile.ZipFile(io.BytesIO(llena)) as paquete:
        (dibujo,) = [n for n in paquete.namelist() if n.endswith(".emf")]
        assert paquete.read(dibujo)[40:44] == b" EMF"
    assert defectos(llena) == []


def test_la_misma_peticion_da_los_mismos_bytes(tmp_path: Path) -> None:
    una, otra = (carta(tmp_path, "{{ grafica(g) }}", g=desglose(3, 8)) for _ in range(2))

    assert una == otra


def test_lo_capturado_no_se_vuelve_xml_ni_etiqueta(tmp_path: Path) -> None:
    hostil = {"nombre": 'A "&<b>', "filas": [{"nombre": "{{ 7*7 }}<&>\"'", "valor": "2"}]}

    llena = carta(tmp_path, "{{ grafica(g) }}", g=hostil)

    assert textos_alternativos(llena) == ['Gráfica: A "&<b>. {{ 7*7 }}<&>"\', 2.']
    assert defectos(llena) == []


def test_sin_datos_lo_dice_en_vez_de_dibujar(tmp_path: Path) -> None:
    llena = carta(tmp_path, "{{ grafica(g) }}", g={"nombre": "Por área", "filas": []})

    assert abrir(llena).paragraphs[0].text == "Sin datos en el periodo."
    assert textos_alternativos(llena) == []


def test_las_columnas_van_en_su_orden_con_sus_dos_series(tmp_path: Path) -> None:
    filas = [{"nombre": f"S{n}", "valores": [n, 60 - n]} for n in (45, 46)]
    dos = {"nombre": "Por semana", "series": ["Recibidos", "Concluidos"], "filas": filas}

    llena = carta(tmp_path, "{{ grafica(g, como='columnas') }}", g=dos)

    (dicho,) = textos_alternativos(llena)
    assert "S45, 45 recibidos, 15 concluidos; S46, 46 recibidos, 14 concluidos" in dicho


def test_un_indicador_sin_datos_no_lleva_barra_y_dice_que_no_hay(tmp_path: Path) -> None:
    llena = carta(tmp_path, "{{ grafica(g) }}", g=desglose("87.5 %", "s/d", nombre="Oportunidad"))

    (dicho,) = textos_alternativos(llena)
    assert "Colonia 0, 87.5 %; Colonia 1, s/d" in dicho


@pytest.mark.parametrize(
    ("etiqueta", "dice"),
    [
        ("{{ grafica(g, como='pastel') }}", "las gráficas son de «barras» o de «columnas»"),
        ("{{ grafica(g, ancho='1cm') }}", "menos de 4 cm"),
        ("{{ grafica(g, ancho='mucho') }}", "una medida que no se entiende"),
        ("{{ grafica('texto') }}", "no es un desglose"),
        ("{{ grafica(g.filas) }}", "no es un desglose"),
    ],
)
def test_una_grafica_mal_pedida_se_explica(tmp_path: Path, etiqueta: str, dice: str) -> None:
    with pytest.raises(DatosInvalidos, match=dice):
        carta(tmp_path, etiqueta, g=desglose(1, 2))


def test_la_que_pide_un_dato_que_falta_lo_nombra(tmp_path: Path) -> None:
    with pytest.raises(DatosInvalidos, match="desglose"):
        carta(tmp_path, "{{ grafica(desglose) }}")


def test_unas_edades_van_en_su_orden_y_no_por_cuantas_son(tmp_path: Path) -> None:
    filas = [{"nombre": n, "valor": v} for n, v in (("0 a 17", "2"), ("18 a 59", "9"), ("60", "4"))]
    edades = {"nombre": "Por edad", "en_orden": True, "filas": filas}

    (dicho,) = textos_alternativos(carta(tmp_path, "{{ grafica(g) }}", g=edades))

    assert "0 a 17, 2; 18 a 59, 9; 60, 4" in dicho
