"""Un informe en Word, PDF, hoja y CSV: todos o ninguno, y los mismos si se pide lo mismo."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from expediente.almacen.definiciones import leer_informe
from expediente.almacen.guardado import NoContado
from expediente.nucleo.cifras import Cifras
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.nucleo.muestra_de_informe import resultado_de_muestra
from expediente.nucleo.periodo import Periodo
from expediente.operaciones.informes import InformeHecho
from expediente.operaciones.informes_en_hojas import renglones_con_tipo
from expediente.operaciones.salidas_de_informe import CSV, HOJA, PDF, escribir_salidas
from expediente.operaciones.ventanilla import Ventanilla
from tests.documentos.hechuras import parrafos_con
from tests.documentos.hojas import guardar
from tests.documentos.orden_del_xml import defectos
from tests.documentos.test_pdf import CON_LIBREOFFICE
from tests.operaciones.tramites import Abridor, texto_de_word

SEMANA = Periodo("semana", date(2026, 11, 16), date(2026, 11, 22))
HOSTIL = "=cmd|' /C calc'!A0"
LARGO = "María Fernanda Guadalupe de los Ángeles Montes de Oca Santibáñez de la Peña"
TODOS = frozenset((HOJA, CSV))


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    """Dónde quedan los informes, fuera de la oficina."""
    hecha = tmp_path / "entrega"
    hecha.mkdir()
    return hecha


def hecho(v: Ventanilla, filas: int = 3, nombre: str = LARGO) -> InformeHecho:
    """El reporte semanal de oficios, ya contado, con esas filas y ese beneficiario."""
    informe = leer_informe(v.raiz, "estrella-blanca")
    dice = {"beneficiario": nombre, "fecha": "20/11/2026", "boletos": "4", "viaje": "A – B"}
    folios = tuple(f"EB-2026-{n:04d}" for n in range(1, filas + 1))
    return InformeHecho(
        informe,
        SEMANA,
        v.ahora,
        Cifras(
            totales={
                **dict.fromkeys(("abiertos_inicio", "reabiertos", "concluidos"), 0),
                **dict.fromkeys(("recibidos", "abiertos_final"), filas),
                **{total.clave: filas for total in informe.totales},
            },
            filas=tuple({c.clave: dice.get(c.clave, "") for c in informe.columnas} for _ in folios),
            grupos={g.clave: {"Torreón": filas} if filas else {} for g in informe.grupos},
            folios={"recibidos": folios},
            por_dia={date(2026, 11, 17): {"recibidos": filas}},
        ),
        problemas=(NoContado("EB-2026-0999", "No se entiende."),),
        indicadores=(resultado_de_muestra(SEMANA, v.ahora),),
    )


def contenidos(carpeta: Path) -> dict[str, bytes]:
    """Lo que una persona ve en la carpeta: {nombre: contenido}."""
    return {f.name: f.read_bytes() for f in sorted(carpeta.iterdir()) if f.is_file()}


def renglones_del_csv(crudo: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(crudo.decode("utf-8-sig"), newline="")))


def test_el_word_va_siempre_y_los_demas_llevan_su_nombre(
    ventanilla: Abridor, carpeta: Path
) -> None:
    v = ventanilla()

    escrito = escribir_salidas(v, hecho(v), TODOS, carpeta)

    nombres = ["estrella-blanca.csv", "estrella-blanca.docx", "estrella-blanca.xlsx"]
    assert list(contenidos(carpeta)) == nombres
    assert escrito.ficheros[0].name == "estrella-blanca.docx"
    assert sorted(f.name for f in escrito.ficheros) == nombres
    assert not escrito.ya_estaba
    ultimo = max(carpeta.glob("*.*"), key=lambda f: f.stat().st_mtime_ns)
    assert ultimo.suffix == ".docx"


def test_repetir_la_peticion_deja_los_mismos_ficheros_sin_tocarlos(
    ventanilla: Abridor, carpeta: Path
) -> None:
    v = ventanilla("2026-11-20 12:00")
    escribir_salidas(v, hecho(v), TODOS, carpeta)
    antes, cuando = contenidos(carpeta), {f: f.stat().st_mtime_ns for f in carpeta.glob("*.*")}
    tarde = ventanilla("2026-11-20 13:30")

    repetido = escribir_salidas(tarde, hecho(tarde), TODOS, carpeta)

    assert contenidos(carpeta) == antes
    assert {f: f.stat().st_mtime_ns for f in carpeta.glob("*.*")} == cuando
    assert repetido.ya_estaba and repetido.al == v.ahora


def test_pedir_despues_otro_formato_lo_pone_junto_a_su_word(
    ventanilla: Abridor, carpeta: Path
) -> None:
    v = ventanilla("2026-11-20 12:00")
    escribir_salidas(v, hecho(v), frozenset(), carpeta)
    tarde = ventanilla("2026-11-20 13:30")

    escribir_salidas(tarde, hecho(tarde), frozenset((CSV,)), carpeta)

    assert list(contenidos(carpeta)) == ["estrella-blanca.csv", "estrella-blanca.docx"]


@pytest.mark.parametrize("tocado", ["estrella-blanca.xlsx", "estrella-blanca.docx"])
def test_lo_que_alguien_corrigio_a_mano_no_se_pisa(
    ventanilla: Abridor, carpeta: Path, tocado: str
) -> None:
    v = ventanilla()
    escribir_salidas(v, hecho(v), TODOS, carpeta)
    (carpeta / tocado).write_bytes(b"corregido a mano")

    otro = escribir_salidas(v, hecho(v), TODOS, carpeta)

    assert (carpeta / tocado).read_bytes() == b"corregido a mano"
    assert {f.stem for f in otro.ficheros} == {"estrella-blanca_v02"}
    assert escribir_salidas(v, hecho(v), TODOS, carpeta).ficheros == otro.ficheros


def test_no_se_toma_el_nombre_de_una_hoja_que_ya_estaba(ventanilla: Abridor, carpeta: Path) -> None:
    (carpeta / "estrella-blanca.xlsx").write_bytes(b"la que lleva a mano la oficina")
    v = ventanilla()

    escribir_salidas(v, hecho(v), TODOS, carpeta)

    assert contenidos(carpeta)["estrella-blanca.xlsx"] == b"la que lleva a mano la oficina"
    assert (carpeta / "estrella-blanca_v02.xlsx").is_file()


@pytest.mark.parametrize("faltan", [(".docx",), (".docx", ".csv"), (".docx", ".csv", ".xlsx")])
def test_una_corrida_que_murio_a_la_mitad_se_completa_al_repetirla(
    ventanilla: Abridor, carpeta: Path, faltan: tuple[str, ...]
) -> None:
    """El Word va al último: lo que no alcanzó a escribirse siempre lo incluye."""
    v = ventanilla()
    escribir_salidas(v, hecho(v), TODOS, carpeta)
    entero = contenidos(carpeta)
    for sufijo in faltan:
        (carpeta / f"estrella-blanca{sufijo}").unlink()

    escribir_salidas(v, hecho(v), TODOS, carpeta)

    assert contenidos(carpeta) == entero


def test_si_el_pdf_no_se_puede_no_queda_nada(
    ventanilla: Abridor, carpeta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    v = ventanilla()

    with pytest.raises(NoExiste, match="LibreOffice no está"):
        escribir_salidas(v, hecho(v), TODOS | {PDF}, carpeta)

    assert not list(carpeta.glob("*"))


@CON_LIBREOFFICE
def test_el_pdf_es_el_del_word_y_al_repetir_es_el_mismo(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla()
    escrito = escribir_salidas(v, hecho(v), frozenset((PDF,)), carpeta)
    antes = contenidos(carpeta)

    repetido = escribir_salidas(v, hecho(v), frozenset((PDF,)), carpeta)

    assert antes["estrella-blanca.pdf"].startswith(b"%PDF-")
    assert contenidos(carpeta) == antes
    assert [f.suffix for f in escrito.ficheros] == [".docx", ".pdf"]
    assert repetido.ya_estaba


@pytest.mark.parametrize("filas", [0, 1, 40])
def test_con_ninguno_o_muchos_renglones_sale_completo(
    ventanilla: Abridor, carpeta: Path, filas: int
) -> None:
    v = ventanilla()

    escribir_salidas(v, hecho(v, filas), TODOS, carpeta)

    ficheros = contenidos(carpeta)
    dice = texto_de_word(ficheros["estrella-blanca.docx"])
    assert dice.count(LARGO) == filas
    assert ("Sin registros en el periodo." in dice) == (filas == 0)
    assert len(renglones_del_csv(ficheros["estrella-blanca.csv"])) == filas + 1
    assert zipfile.ZipFile(io.BytesIO(ficheros["estrella-blanca.xlsx"])).testzip() is None
    assert defectos(ficheros["estrella-blanca.docx"]) == []


def test_quinientos_renglones_repiten_su_encabezado_y_ninguno_se_parte(
    ventanilla: Abridor, carpeta: Path
) -> None:
    v = ventanilla()

    escrito = escribir_salidas(v, hecho(v, 500), frozenset(), carpeta)

    tabla = max(Document(str(escrito.ficheros[0])).tables, key=lambda t: len(t._tbl.tr_lst))
    primero, *demas = tabla._tbl.tr_lst
    assert primero.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert len(demas) == 501
    assert all(tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for tr in demas)


def test_el_word_lleva_lo_que_firma_un_director(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla()

    escrito = escribir_salidas(v, hecho(v), frozenset(), carpeta)

    dice = texto_de_word(escrito.ficheros[0].read_bytes())
    for parte in (
        "Semana 47: del lunes 16 al domingo 22 de noviembre de 2026, sin terminar",
        "0 abiertos al inicio + 3 recibidos + 0 reabiertos − 0 concluidos = 3 abiertos al final",
        hecho(v).informe.totales[0].nombre,
        "Ejemplo de indicador",
        "(ejemplo de lo que se cumplió / ejemplo de lo que se debía) × 100",
        "100.0 %",
        "Al menos 90 %",
        "EB-2026-0999: no se contó; véalo con: expediente revisar EB-2026-0999",
        "Elaboró",
        "Vo.Bo.",
    ):
        assert parte in dice


def test_los_folios_de_cada_cifra_van_si_se_piden(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla()
    sin_filas = replace(hecho(v), cifras=replace(hecho(v).cifras, filas=()))

    sin_ellos = escribir_salidas(v, sin_filas, frozenset(), carpeta / "sin").ficheros[0]
    con_ellos = escribir_salidas(v, sin_filas, frozenset(), carpeta / "con", True).ficheros[0]

    assert "EB-2026-0002" in texto_de_word(con_ellos.read_bytes())
    assert "EB-2026-0002" not in texto_de_word(sin_ellos.read_bytes())


def test_pedirlo_con_folios_y_sin_ellos_no_los_hace_otra_vez_cada_vez(
    ventanilla: Abridor, carpeta: Path
) -> None:
    for hora in ("12:00", "12:30", "13:00", "13:30"):
        v = ventanilla(f"2026-11-20 {hora}")
        escribir_salidas(v, hecho(v), frozenset(), carpeta, con_folios=hora.endswith("30"))

    assert list(contenidos(carpeta)) == ["estrella-blanca.docx", "estrella-blanca_folios.docx"]


def test_una_plantilla_sin_lugar_para_los_folios_lo_dice(
    ventanilla: Abridor, carpeta: Path, oficina: Path
) -> None:
    guardar(oficina / "plantillas", parrafos_con("{{ informe.titulo }}"), "informe.docx")
    v = ventanilla()
    pedido = replace(hecho(v), informe=replace(hecho(v).informe, plantilla="informe.docx"))

    with pytest.raises(DatosInvalidos, match="no tiene dónde poner los folios"):
        escribir_salidas(v, pedido, frozenset(), carpeta, con_folios=True)


def test_lo_que_se_publica_no_lleva_folios(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla("2026-11-20 12:00")
    pedido = hecho(v)
    publico = replace(pedido, informe=replace(pedido.informe, publico=True))

    with pytest.raises(DatosInvalidos, match="Pídalo sin --folios"):
        escribir_salidas(v, publico, frozenset(), carpeta, con_folios=True)

    assert not carpeta.exists() or not list(carpeta.iterdir())


def test_quien_elabora_no_se_da_el_visto_bueno(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla("2026-11-20 12:00")
    pedido = hecho(v)
    suyo = replace(pedido.informe, visto_bueno=pedido.informe.elaboro)

    escribir_salidas(v, replace(pedido, informe=suyo), frozenset(), carpeta)

    (word,) = contenidos(carpeta).values()
    assert "Elaboró" in texto_de_word(word)
    assert "Vo.Bo." not in texto_de_word(word)


def test_lo_capturado_no_se_calcula_en_ningun_formato(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla()

    escribir_salidas(v, hecho(v, nombre=HOSTIL), TODOS, carpeta)

    ficheros = contenidos(carpeta)
    assert HOSTIL in texto_de_word(ficheros["estrella-blanca.docx"])
    celdas = {
        celda for fila in renglones_del_csv(ficheros["estrella-blanca.csv"]) for celda in fila
    }
    assert f"'{HOSTIL}" in celdas and HOSTIL not in celdas
    with zipfile.ZipFile(io.BytesIO(ficheros["estrella-blanca.xlsx"])) as libro:
        hojas = [n for n in libro.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in libro.read(n) for n in hojas)


def test_las_fechas_y_cuentas_llevan_su_tipo_y_lo_demas_es_texto(ventanilla: Abridor) -> None:
    v = ventanilla()
    contado = hecho(v, 1)
    dice = {"fecha": "20/11/2026", "fecha_viaje": "31/02/2026", "boletos": "4", "numero": "0042"}
    fila = {c.clave: dice.get(c.clave, "") for c in contado.informe.columnas}
    contado = replace(contado, cifras=replace(contado.cifras, filas=(fila,)))

    (celdas,) = renglones_con_tipo(v, contado)

    leido = dict(zip(fila, celdas, strict=True))
    assert (leido["fecha"], leido["fecha_viaje"]) == (date(2026, 11, 20), "31/02/2026")
    assert (leido["boletos"], leido["numero"], leido["beneficiario"]) == (4, "0042", None)


@pytest.mark.parametrize(
    ("texto", "lee"),
    [
        ("16/11/2026 09:12", datetime(2026, 11, 16, 9, 12)),
        ("1500.50", Decimal("1500.50")),
        ("0181234567", "0181234567"),
        ("8112345678", "8112345678"),
        ("Confidencial", "Confidencial"),
    ],
)
def test_en_una_cuenta_solo_es_numero_lo_que_es_cantidad(
    ventanilla: Abridor, texto: str, lee: object
) -> None:
    v = ventanilla()
    contado = hecho(v, 1)
    fila = {**contado.cifras.filas[0], "boletos": texto}
    contado = replace(contado, cifras=replace(contado.cifras, filas=(fila,)))

    (celdas,) = renglones_con_tipo(v, contado)

    assert dict(zip(fila, celdas, strict=True))["boletos"] == lee


def test_los_tramos_de_edad_se_leen_de_menor_a_mayor(ventanilla: Abridor, carpeta: Path) -> None:
    v = ventanilla()
    contado = hecho(v)
    edades = {"60 o más": 9, "Sin dato": 7, "6 a 11": 3, "18 a 59": 3}
    grupos = {**contado.cifras.grupos, "por_edad": edades}

    escrito = escribir_salidas(
        v, replace(contado, cifras=replace(contado.cifras, grupos=grupos)), frozenset(), carpeta
    )

    (dicho,) = [
        dibujo.get("descr")
        for dibujo in Document(str(escrito.ficheros[0])).element.body.iter(qn("wp:docPr"))
        if "60 o más" in dibujo.get("descr", "")
    ]
    assert "6 a 11, 3; 18 a 59, 3; 60 o más, 9; Sin dato, 7" in dicho


def test_el_word_dibuja_lo_recibido_y_concluido_cada_dia(
    ventanilla: Abridor, carpeta: Path
) -> None:
    v = ventanilla("2026-11-18 12:00")

    escrito = escribir_salidas(v, hecho(v), frozenset(), carpeta)

    (dicho,) = [
        dibujo.get("descr")
        for dibujo in Document(str(escrito.ficheros[0])).element.body.iter(qn("wp:docPr"))
        if "por día" in dibujo.get("descr", "")
    ]
    assert dicho.endswith(
        "lun 16, 0 recibidos, 0 concluidos; mar 17, 3 recibidos, 0 concluidos; "
        "mié 18, 0 recibidos, 0 concluidos."
    )
