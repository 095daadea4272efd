"""La página del tablero: nada de afuera, nada sin escapar y nada que sólo diga el color."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree, html

from expediente.documentos import pagina_de_tablero
from expediente.documentos.dibujo_de_tablero import escala
from expediente.documentos.pagina_de_tablero import Encabezado, IndicadorVisto, en_html
from expediente.nucleo.cifras import Cifras
from expediente.nucleo.cifras_de_tablero import (
    COLORES,
    DelProcedimiento,
    Renglon,
    Semana,
    Tablero,
)
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.cuenta_de_tablero import semanas_hasta
from expediente.nucleo.definicion_de_tablero import DefinicionDeTablero, Desglose
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO

AL = datetime(2026, 11, 20, 14, tzinfo=ZoneInfo("America/Monterrey"))
ESTILO = Path(pagina_de_tablero.__file__).with_name("tablero.css").read_text("utf-8")
HOSTILES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}",
    "</title><b>",
    "{{ 7*7 }}{% include 'x' %}",
    "🚰💧 Colonia 👩\u200d🔧",
    "\u202etxet\u202c \u2066x\u2069",
    "a\x00b\x1bc",
    "ى العربية עברית",
    "https://example.invalid/x",
    "M" * 300,
]


def renglon(nombre: str, *cuantos: int) -> Renglon:
    """Un renglón con tantos folios de cada color."""
    numeros = iter(range(1, 10_000))
    return Renglon(
        nombre,
        {
            color: tuple(f"RS-2026-{next(numeros):04d}" for _ in range(n))
            for color, n in zip(COLORES, cuantos, strict=True)
        },
    )


def cifras(**totales: int) -> Cifras:
    """Las del movimiento, con esos números."""
    todos = {**dict.fromkeys(NOMBRES_DEL_MOVIMIENTO, 0), **totales}
    folios = {c: tuple(f"RS-2026-{n:04d}" for n in range(1, k + 1)) for c, k in todos.items()}
    return Cifras(todos, (), {}, folios)


def tablero(captura: str = "Centro", suyo: Renglon | None = None) -> Tablero:
    """Un tablero chico; lo capturado va en todo lo que alguien puede escribir."""
    desglose = Desglose("area", captura, compilar_condicion("area"))
    definicion = DefinicionDeTablero(captura, 12, 3, 10, (1, 5, 10, 20), (desglose,))
    semanas = tuple(
        Semana(p, p.incompleto(AL), cifras(abiertos_inicio=n, recibidos=1, abiertos_final=n + 1))
        for n, p in enumerate(semanas_hasta(AL.date(), 12))
    )
    suyo = suyo or renglon(captura, 3, 1, 6, 2)
    return Tablero(
        definicion=definicion,
        al=AL,
        oficina=suyo,
        semanas=semanas,
        rezago=(("0 a 1", suyo.folios), ("más de 1", ())),
        procedimientos=(DelProcedimiento("reporte-servicio", suyo, semanas),),
        desgloses=((desglose, (suyo, renglon("Otras", 0, 0, 3, 0))),),
        avisos=(("RS-2026-0001", captura),),
    )


INDICADORES = (
    IndicadorVisto("a", "Atendidos", "Noviembre", "87.5 %", "7 de 8", "al menos 95.0 %", False),
    IndicadorVisto("b", "Contestados", "Noviembre", "99.0 %", "99 de 100", "al menos 95.0 %", True),
    IndicadorVisto("c", "Medidos", "Noviembre", "3.2 h", "8 casos"),
    IndicadorVisto("d", "Sin nadie", "Noviembre", "s/d", "0 de 0", hay_datos=False),
)


def pagina(captura: str = "Centro", con_folios: bool = False) -> str:
    """La página entera, con lo capturado también en los problemas y el membrete."""
    dicha = en_html(
        tablero(captura), Encabezado(captura, captura), INDICADORES, [captura], con_folios
    )
    return dicha.decode()


def arbol(escrita: str) -> etree._Element:
    """La página como la entiende quien la lee."""
    return html.document_fromstring(escrita)


def en_un_renglon(elemento: etree._Element) -> str:
    """Lo que se lee en un elemento, con un espacio entre palabras."""
    return " ".join("".join(elemento.itertext()).split())


@pytest.mark.parametrize("captura", HOSTILES, ids=ascii)
def test_lo_capturado_es_siempre_texto(captura: str) -> None:
    """Con cualquier texto, la página tiene los mismos elementos y los mismos atributos."""
    esqueleto = [(e.tag, sorted(e.keys())) for e in arbol(pagina()).iter(etree.Element)]

    hallado = [(e.tag, sorted(e.keys())) for e in arbol(pagina(captura)).iter(etree.Element)]

    assert hallado == esqueleto


@pytest.mark.parametrize("captura", HOSTILES[:6], ids=ascii)
def test_lo_capturado_se_lee_tal_cual(captura: str) -> None:
    assert captura in unescape(pagina(captura))


def test_ningun_signo_invisible_voltea_el_renglon() -> None:
    escrita = "".join(pagina(captura) for captura in HOSTILES)

    assert not set("\u202e\u202c\u2066\u2069\x00\x1b") & set(escrita)
    assert "👩\u200d🔧" in escrita


def test_lo_capturado_va_aislado_de_lo_que_lo_rodea() -> None:
    """Un nombre en árabe no debe mover los números de al lado."""
    arabe = "العربية"
    sueltos = [
        e.tag
        for e in arbol(pagina(arabe)).iter(etree.Element)
        if e.text and arabe in e.text and e.getparent().tag not in ("head", "header")
    ]

    assert set(sueltos) <= {"bdi", "p", "desc"}


def test_no_pide_nada_a_la_red_ni_corre_nada() -> None:
    escrita = pagina()

    assert not re.search(r"https?:|//|@import|url\((?!#)", escrita.replace("'none'", ""))
    hallados = {e.tag for e in arbol(escrita).iter(etree.Element)}
    assert hallados.isdisjoint(
        {"script", "img", "iframe", "object", "embed", "link", "base", "form"}
    )
    atributos = {a for e in arbol(escrita).iter(etree.Element) for a in e.attrib}
    assert not {a for a in atributos if a.startswith("on") or a in ("src", "style", "action")}


def test_la_politica_lo_prohibe_todo_menos_su_estilo() -> None:
    escrita = pagina()
    [politica] = arbol(escrita).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    [estilo] = re.findall(r"<style>(.*?)</style>", escrita, re.DOTALL)

    huella = base64.b64encode(hashlib.sha256(estilo.encode()).digest()).decode()

    assert politica == (
        f"default-src 'none'; style-src 'sha256-{huella}'; base-uri 'none'; form-action 'none'"
    )


def test_con_lo_mismo_los_mismos_bytes() -> None:
    assert pagina() == pagina()
    assert pagina(con_folios=True) == pagina(con_folios=True)


def test_los_folios_solo_si_se_piden() -> None:
    assert "RS-2026-0002" not in pagina()
    con = pagina(con_folios=True)
    assert "RS-2026-0002" in con and "<summary>Folios (12)</summary>" in con


def test_cada_dibujo_se_nombra_y_se_describe() -> None:
    raiz = arbol(pagina())
    idents = raiz.xpath("//@id")
    dibujos = raiz.xpath("//svg[@role='img']")

    assert len(dibujos) >= 5 and len(idents) == len(set(idents))
    for dibujo in dibujos:
        nombrado = dibujo.get("aria-labelledby").split()
        assert nombrado == [dibujo.find("title").get("id"), dibujo.find("desc").get("id")]
        assert dibujo.find("title").text and dibujo.find("desc").text
    for adorno in raiz.xpath("//svg[not(@role)]"):
        assert adorno.get("aria-hidden") == "true"


def test_dice_en_que_lengua_esta_a_que_momento_y_que_va_incompleto() -> None:
    escrita = pagina()

    assert '<html lang="es-MX">' in escrita
    assert "Cifras al 20 de noviembre de 2026, 14:00 horas" in escrita
    assert "(incompleto: corte al 20 de noviembre de 2026, 14:00 horas)" in escrita
    assert "La última semana va incompleta" in escrita
    assert "11 abiertos al inicio + 1 recibidos + 0 reabiertos − 0 concluidos = 12" in escrita


def test_lo_que_no_cuadra_y_lo_que_no_se_leyo_se_dice_arriba() -> None:
    """La oficina dice 12 abiertos y así es; si no cuadrara, no se calla."""
    bien, mal = tablero(), tablero()
    mal.semanas[-1].cifras.totales["abiertos_final"] = 9  # type: ignore[index]

    def dicha(t: Tablero) -> str:
        return en_html(t, Encabezado("DIF", "Lugar"), (), ["EB-2026-0002: no se contó."]).decode()

    assert "no cuadran" not in dicha(bien) and "no cuadran" in dicha(mal)
    assert "Estas cifras no están completas" in dicha(bien)
    assert "EB-2026-0002: no se contó." in dicha(bien).split('id="pendientes"')[1]


def test_el_color_nunca_va_solo() -> None:
    raiz = arbol(pagina())
    dichos = [en_un_renglon(li) for li in raiz.xpath("//ul[@class='semaforo']/li")]

    assert dichos == ["R 3 Vencidos", "A 1 Por vencer", "V 6 En plazo", "G 2 Sin plazo que corra"]
    siluetas = raiz.xpath("//ul[@class='semaforo']/li/svg/path/@d")
    assert len(set(siluetas)) == 4


def test_cada_indicador_dice_si_cumple_y_primero_los_que_no() -> None:
    raiz = arbol(pagina())
    dichos = [en_un_renglon(li) for li in raiz.xpath("//ul[@class='indicadores']/li")]

    assert [d.split(" Meta")[0].split(" 8 casos")[0] for d in dichos] == [
        "Atendidos 87.5 % ✘ No cumple",
        "Contestados 99.0 % ✔ Cumple",
        "Medidos 3.2 h",
    ]
    assert "1 sin datos en su periodo (s/d)" in pagina()


def test_los_indicadores_que_solos_enganan_van_seguidos_aunque_uno_cumpla() -> None:
    """«a» no cumple y va primero; «c» la nombra y «d» nombra a «c»: las tres, juntas."""
    base = ("Noviembre", "87.5 %", "7 de 8", "al menos 95 %")
    sueltos = (
        IndicadorVisto("b", "B", *base, False),
        IndicadorVisto("a", "A", *base, False),
        IndicadorVisto("d", "D", *base, junto_a=("c",)),
        IndicadorVisto("c", "C", *base, True, junto_a=("a", "ninguno")),
        IndicadorVisto("e", "E", *base, True),
    )

    dicha = en_html(tablero(), Encabezado("DIF", "Lugar"), sueltos, ()).decode()

    assert arbol(dicha).xpath("//ul[@class='indicadores']/li/p/bdi/text()") == list("BACDE")


def test_lo_que_se_junta_se_llama_igual_en_su_renglon_y_en_el_pie() -> None:
    raiz = arbol(pagina())

    [junto] = raiz.xpath("//li[@class='resto']/span[@class='etiqueta']/text()")
    assert f"va junto en «{junto}»" in en_un_renglon(raiz.xpath("//footer")[0])


def test_detras_de_las_graficas_esta_su_tabla() -> None:
    tabla = arbol(pagina()).xpath("//details[@class='tabla']//table")[0]

    assert [th.text for th in tabla.xpath("thead//th")][1:] == [*NOMBRES_DEL_MOVIMIENTO.values()]
    assert all(th.get("scope") for th in tabla.xpath(".//th"))
    assert len(tabla.xpath("tbody/tr")) == 12


def _temas() -> Iterator[tuple[str, dict[str, str]]]:
    """Los colores de cada tema: lo claro, lo oscuro y lo impreso."""
    bloques = re.findall(r":root \{(.*?)\}", ESTILO, re.DOTALL)
    claro, oscuro, papel = (dict(re.findall(r"--([\w-]+): (#\w{6})", b)) for b in bloques)
    yield from (("claro", claro), ("oscuro", claro | oscuro), ("impreso", claro | papel))


def _luz(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return sum(peso * c for peso, c in zip((0.2126, 0.7152, 0.0722), lineales, strict=True))


def contraste(uno: str, otro: str) -> float:
    """La razón de contraste de la WCAG, de 1 a 21."""
    claro, oscuro = sorted((_luz(uno), _luz(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


@pytest.mark.parametrize(("tema", "color"), list(_temas()), ids=lambda x: x if x is str else "")
def test_todo_texto_contrasta_como_pide_la_norma_aa(tema: str, color: dict[str, str]) -> None:
    textos = [("tinta", "papel"), ("tinta", "fondo"), ("tenue", "papel"), ("tenue", "fondo")]
    textos += [(f"sobre-{c}", c) for c in COLORES] + [("sobre-amarillo", "raya-amarillo")]
    textos += [("verde", "papel")] * (tema != "impreso")
    figuras = [("recibidos", "papel"), ("concluidos", "papel"), ("orilla-amarillo", "papel")]

    flojos = {par: c for par in textos if (c := contraste(color[par[0]], color[par[1]])) < 4.5}
    tenues = {par: c for par in figuras if (c := contraste(color[par[0]], color[par[1]])) < 3}

    assert (flojos, tenues) == ({}, {})


@pytest.mark.parametrize("mayor", [0, 1, 2, 3, 7, 10, 11, 99, 100, 101, 229, 1999, 123_456])
def test_la_escala_alcanza_y_se_parte_en_dos(mayor: int) -> None:
    tope = escala(mayor)

    assert mayor <= tope <= max(2, 2 * mayor) and tope % 2 == 0
