"""Los datos de una persona no salen en errores, listas ni nombres de ficheros.

Cada prueba fuerza un fallo con una persona centinela en juego: su nombre, su CURP, su
teléfono y su calle nunca deben aparecer en lo que el programa escribe al fallar.
"""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.cli.oficinista import REQUISITOS, VIAJE, aparte, datos
from tests.conftest import Correr

CENTINELA = {
    "beneficiario.nombres": "Zenobia",
    "beneficiario.primer_apellido": "Xicoténcatl",
    "beneficiario.segundo_apellido": "Oropéndola",
    "beneficiario.curp": "XIOZ850315MDGCRN03",
    "beneficiario.telefono": "8717654321",
    "domicilio.calle": "Ornitorrinco",
    "observaciones_salud": "Hemodiálisis",
}
DELATAN = ("zenobia", "xicot", "orop", "xioz850315", "7654321", "ornitorr", "hemodi")
CASO = "expedientes/2026/EB-2026-0001/expediente.yaml"
REVISION = "expedientes/2026/EB-2026-0001/.revisiones/000001/expediente.yaml"
OFICIO = "plantillas/oficio-estrella-blanca.docx"
DATOS = VIAJE | CENTINELA

Fallo = tuple[Callable[[Path], object], tuple[str, ...]]


def delatores(texto: str) -> list[str]:
    """Lo que en `texto` delata a la persona centinela."""
    bajo = texto.casefold()
    return [delator for delator in DELATAN if delator in bajo]


def cambiar(fichero: str, de: str, a: str) -> Callable[[Path], object]:
    """Un cambio a mano en un fichero de la oficina."""

    def hacer(oficina: Path) -> None:
        ruta = oficina / fichero
        escrito = ruta.read_text("utf-8")
        assert de in escrito, f"{fichero} no dice {de!r}"
        ruta.write_text(escrito.replace(de, a, 1), "utf-8")

    return hacer


def escribir(fichero: str, contenido: str | bytes) -> Callable[[Path], object]:
    """Un fichero puesto o sustituido a mano."""

    def hacer(oficina: Path) -> None:
        ruta = oficina / fichero
        ruta.parent.mkdir(parents=True, exist_ok=True)
        crudo = contenido if isinstance(contenido, bytes) else contenido.encode()
        ruta.write_bytes(crudo)

    return hacer


def renombrar(de: str, a: str) -> Callable[[Path], object]:
    """Una carpeta o fichero renombrado desde el explorador."""
    return lambda oficina: (oficina / de).rename(oficina / a)


def nada(oficina: Path) -> None:
    """La oficina está bien; lo malo viene en la orden."""


def con(campo: str, valor: str) -> tuple[str, ...]:
    """La apertura del caso centinela con un dato cambiado."""
    return ("abrir", "estrella-blanca", *datos(DATOS | {campo: valor}))


NOMBRE = "beneficiario.nombres: Zenobia\n"
AVANZAR = ("avanzar", "EB-2026-0001")
VER = ("ver", "EB-2026-0001")
ENCABEZADOS = "beneficiario.nombres,beneficiario.primer_apellido,domicilio.calle,destino"
PERSONA = "Zenobia,Xicoténcatl,Ornitorrinco 7,Torreón"
DE_LA_HOJA = ("abrir", "estrella-blanca", "--desde", "hoja.csv")
CON_MAPA = (*DE_LA_HOJA, "--mapa", "mapa.yaml")
MAPA = "procedimiento: estrella-blanca\ncolumnas:\n  beneficiario.nombres: Nombre\n"

FALLOS: dict[str, Fallo] = {
    # El YAML del caso, roto de muchas maneras.
    "comilla sin cerrar": (cambiar(CASO, NOMBRE, 'beneficiario.nombres: "Zenobia\n'), VER),
    "corchete": (cambiar(CASO, NOMBRE, "beneficiario.nombres: [Zenobia\n"), VER),
    "dos puntos de más": (
        cambiar(CASO, NOMBRE, "beneficiario.nombres: Zenobia: Oropéndola\n"),
        VER,
    ),
    "sin dos puntos": (cambiar(CASO, NOMBRE, "Zenobia Xicoténcatl\n"), VER),
    "sangría": (cambiar(CASO, NOMBRE, f"{NOMBRE} Oropéndola: x\n"), AVANZAR),
    "tabulador": (cambiar(CASO, NOMBRE, f"{NOMBRE}\tOropéndola: x\n"), VER),
    "llave repetida": (cambiar(CASO, NOMBRE, f"{NOMBRE}  {NOMBRE}"), VER),
    "ancla": (cambiar(CASO, NOMBRE, "beneficiario.nombres: &Zenobia x\n"), VER),
    "alias": (cambiar(CASO, NOMBRE, "beneficiario.nombres: *Zenobia\n"), VER),
    "etiqueta": (cambiar(CASO, NOMBRE, "beneficiario.nombres: !Zenobia x\n"), VER),
    "lista en vez de texto": (cambiar(CASO, NOMBRE, "beneficiario.nombres: [Zenobia]\n"), VER),
    "otra codificación": (escribir(CASO, "nombres: Xicoténcatl Zenobia\n".encode("cp1252")), VER),
    "fichero vacío de sentido": (escribir(CASO, "Zenobia Xicoténcatl\n"), VER),
    "carácter de control": (cambiar(CASO, NOMBRE, 'beneficiario.nombres: "Zenobia\\x07"\n'), VER),
    "revisión rota": (escribir(REVISION, "folio: 'Zenobia\n"), VER),
    "revisión rota, al listar": (escribir(REVISION, "folio: 'Zenobia\n"), ("listar",)),
    "revisión rota, al informar": (
        escribir(REVISION, "folio: 'Zenobia\n"),
        ("informe", "estrella-blanca", "--semana", "2026-W47"),
    ),
    # Ediciones a mano que no se adoptan.
    "campo inventado a mano": (cambiar(CASO, NOMBRE, f"{NOMBRE}  Zenobia Oropéndola: x\n"), VER),
    "curp mala a mano": (cambiar(CASO, "XIOZ850315MDGCRN03", "XIOZ850315MDGCRN04"), AVANZAR),
    "teléfono malo a mano": (cambiar(CASO, "8717654321", "871-7654321-Zenobia"), AVANZAR),
    "fecha mala a mano": (cambiar(CASO, "'2026-11-24'", "Zenobia"), AVANZAR),
    "destino malo a mano": (cambiar(CASO, "destino: torreon", "destino: Zenobia"), AVANZAR),
    "situación a mano": (cambiar(CASO, "situacion: en_tramite", "situacion: Zenobia"), AVANZAR),
    "folio a mano": (cambiar(CASO, "folio: EB-2026-0001", "folio: Zenobia"), AVANZAR),
    "paso a mano": (cambiar(CASO, "- registrar", "- Zenobia"), AVANZAR),
    "revisión a mano": (cambiar(CASO, "revision: '1'", "revision: Zenobia"), AVANZAR),
    "edición rota, al revisar": (cambiar(CASO, NOMBRE, "Zenobia\n"), ("revisar",)),
    "edición rota, en lote": (cambiar(CASO, NOMBRE, "Zenobia\n"), (*AVANZAR, "EB-2026-0002")),
    # Datos que no se entienden al teclearlos.
    "curp tecleada": (nada, con("beneficiario.curp", "XIOZ850315MDGCRN99")),
    "teléfono tecleado": (nada, con("beneficiario.telefono", "Zenobia 7654321")),
    "fecha tecleada": (nada, con("fecha_viaje", "Zenobia")),
    "destino tecleado": (nada, con("destino", "Xicoténcatl")),
    "código postal tecleado": (nada, con("domicilio.codigo_postal", "Ornitorrinco")),
    "coordenada tecleada": (nada, con("domicilio.latitud", "Ornitorrinco")),
    "control tecleado": (nada, con("beneficiario.nombres", "Zenobia\x07")),
    "campo que no hay": (nada, con("Zenobia Oropéndola", "x")),
    "dato sin igual": (nada, ("abrir", "estrella-blanca", "-d", "Zenobia Xicoténcatl")),
    "sin comillas, al abrir": (
        nada,
        ("abrir", "estrella-blanca", "-d", "beneficiario.nombres=Zenobia", "Xicoténcatl"),
    ),
    "sin comillas, al avanzar": (
        nada,
        (*AVANZAR, "-d", "beneficiario.nombres=María", "Zenobia", "Xicoténcatl"),
    ),
    "el nombre por folio": (nada, ("ver", "Zenobia")),
    "la curp por folio": (nada, ("ver", "XIOZ850315MDGCRN03")),
    "el nombre por número": (nada, ("oficio", "acusar", "Zenobia Oropéndola")),
    "la persona por quien firma": (nada, (*AVANZAR, "--por", "Zenobia Xicoténcatl")),
    "el nombre por canal": (nada, (*con("motivo", "consulta"), "--canal", "Zenobia")),
    "el nombre por fecha": (nada, ("listar", "--desde", "Zenobia")),
    # Hojas y mapas.
    "columnas de más": (escribir("hoja.csv", f"{ENCABEZADOS}\n{PERSONA},de más\n"), DE_LA_HOJA),
    "hoja sin encabezados": (escribir("hoja.csv", f"{PERSONA}\n{PERSONA}2\n"), DE_LA_HOJA),
    "encabezados repetidos": (escribir("hoja.csv", "Zenobia,Zenobia\na,b\n"), DE_LA_HOJA),
    "comillas abiertas": (escribir("hoja.csv", f'{ENCABEZADOS}\n"{PERSONA}\n'), DE_LA_HOJA),
    "valor fuera del catálogo": (
        escribir("hoja.csv", f"{ENCABEZADOS}\n{PERSONA.replace('Torreón', 'Oropéndola')}\n"),
        DE_LA_HOJA,
    ),
    "renglón repetido": (
        escribir("hoja.csv", f"{ENCABEZADOS}\n{PERSONA}\n{PERSONA}\n"),
        DE_LA_HOJA,
    ),
    "hoja yaml rota": (
        escribir("hoja.yaml", "beneficiario:\n  nombres: 'Zenobia\n"),
        ("abrir", "estrella-blanca", "--desde", "hoja.yaml"),
    ),
    "hoja yaml sin forma": (
        escribir("hoja.yaml", "- Zenobia\n- Xicoténcatl\n"),
        ("abrir", "estrella-blanca", "--desde", "hoja.yaml"),
    ),
    "mapa con columnas que no están": (
        lambda o: (escribir("hoja.csv", f"{PERSONA}\n")(o), escribir("mapa.yaml", MAPA)(o)),
        CON_MAPA,
    ),
    "valor que el mapa no traduce": (
        lambda o: (
            escribir("hoja.csv", "Nombre\nZenobia\n")(o),
            escribir(
                "mapa.yaml",
                MAPA.replace(": Nombre", ":\n    columna: Nombre\n    valores: {a: b}"),
            )(o),
        ),
        CON_MAPA,
    ),
    "momento que el mapa no entiende": (
        lambda o: (
            escribir("hoja.csv", "Nombre\nZenobia\n")(o),
            escribir("mapa.yaml", MAPA.replace("beneficiario.nombres", "recibido"))(o),
        ),
        CON_MAPA,
    ),
    # Nombres puestos desde el explorador.
    "carpeta con nombre": (
        renombrar("expedientes/2026/EB-2026-0001", "expedientes/2026/EB-2026-0001 Zenobia"),
        ("revisar",),
    ),
    "carpeta que es un nombre": (
        renombrar("expedientes/2026/EB-2026-0001", "expedientes/2026/ZenobiaXicoténcatl"),
        ("revisar",),
    ),
    "carpeta renombrada": (
        renombrar("expedientes/2026/EB-2026-0001", "expedientes/2026/EB-2026-0001 Zenobia"),
        VER,
    ),
    "fichero abierto en Word": (
        escribir("expedientes/2026/EB-2026-0001/~$Zenobia.docx", "x"),
        ("revisar",),
    ),
    "expediente borrado": (lambda o: (o / REVISION).unlink(), VER),
    "sin revisiones": (lambda o: shutil.rmtree((o / REVISION).parents[1]), ("revisar",)),
}


@pytest.fixture
def con_centinela(correr: Correr, oficina: Path) -> Path:
    """La oficina con el caso de la persona centinela."""
    assert correr("abrir", "estrella-blanca", *datos(DATOS)).codigo == 0
    return oficina


@pytest.mark.parametrize(("estropear", "orden"), FALLOS.values(), ids=FALLOS.keys())
@pytest.mark.parametrize("json", [(), ("--json",)], ids=["", "json"])
def test_un_fallo_no_dice_de_quien_era(
    estropear: Callable[[Path], object],
    orden: tuple[str, ...],
    json: tuple[str, ...],
    correr: Correr,
    con_centinela: Path,
) -> None:
    estropear(con_centinela)

    corrida = correr(*orden, *json)

    assert corrida.codigo in (1, 2, 65, 66, 69, 77), corrida
    assert delatores(corrida.stdout + corrida.stderr) == [], corrida
    assert "Traceback" not in corrida.stderr


def test_son_sesenta_fallos_o_mas() -> None:
    assert len(FALLOS) >= 60


PLANTILLAS = {
    "filtro inventado": "{{ beneficiario.nombres|zenobio }}",
    "cuenta imposible": "{{ beneficiario.nombres * 2 }}",
    "atributo prohibido": "{{ beneficiario.nombres.__class__ }}",
    "dato que no está": "{{ beneficiario.nombres }} {{ no_hay }}",
    "bucle sobre un texto": "{% for x in beneficiario.nombres %}{{ x }}{% endfor %}",
    "fecha de un nombre": "{{ beneficiario.nombres.strftime('%d') }}",
    "bloque sin cerrar": "{% if beneficiario.nombres %}",
}


@pytest.mark.parametrize("etiqueta", PLANTILLAS.values(), ids=PLANTILLAS.keys())
def test_una_plantilla_rota_tampoco(etiqueta: str, correr: Correr, con_centinela: Path) -> None:
    documento = Document()
    documento.add_paragraph(etiqueta)
    documento.save(str(con_centinela / OFICIO))
    correr(*AVANZAR)
    correr(*AVANZAR, *REQUISITOS)

    corrida = correr(*AVANZAR)

    assert corrida.codigo == 65
    assert "oficio-estrella-blanca.docx" in corrida.stderr
    assert delatores(corrida.stdout + corrida.stderr) == []
    assert "Traceback" not in corrida.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="el tope de tamaño es de Unix")
def test_si_el_disco_se_llena_tampoco(con_centinela: Path) -> None:
    tope = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
    anotar = ("anotar", "EB-2026-0001", "--nota", "Zenobia")

    for orden in (AVANZAR, con("motivo", "consulta"), anotar):
        corrida = aparte(*orden, en=con_centinela, guion=tope, EXPEDIENTE_AHORA="2026-11-20 12:00")

        assert corrida.codigo == 74
        assert delatores(corrida.stdout + corrida.stderr) == []
        assert "Traceback" not in corrida.stderr


def test_un_dia_entero_no_deja_su_nombre_en_ningun_fichero_ni_lista(
    correr: Correr, con_centinela: Path, tmp_path: Path
) -> None:
    escaneo = tmp_path / "INE Zenobia Xicoténcatl.pdf"
    escaneo.write_bytes(b"%PDF")
    correr(*AVANZAR)
    correr("anexar", "EB-2026-0001", escaneo)
    escaneo.unlink()
    correr(*AVANZAR, *REQUISITOS)
    correr(*AVANZAR)
    correr(*AVANZAR, "--resultado", "autoriza", "--por", "directora")
    correr(*AVANZAR, "--recibe", "Zenobia Xicoténcatl")
    correr(*AVANZAR)
    correr(*AVANZAR)
    correr("informe", "estrella-blanca", "--semana", "2026-W47")
    assert correr("archivar", "EB-2026-0001", "--destino", tmp_path / "unidad").codigo == 0
    correr("abrir", "estrella-blanca", *datos(DATOS))

    listas = [
        correr("listar"),
        correr("listar", "--json"),
        correr("pendientes"),
        correr("pendientes", "--json"),
        correr("oficio", "libro"),
        correr("oficio", "libro", "--auditar"),
        correr("revisar"),
        correr("archivo", "verificar", tmp_path / "unidad"),
        correr("procedimiento", "ver", "estrella-blanca"),
    ]

    nombres = "\n".join(str(ruta.relative_to(tmp_path)) for ruta in tmp_path.rglob("*"))
    assert delatores(nombres) == []
    for lista in listas:
        assert lista.codigo == 0, lista
        assert delatores(lista.stdout + lista.stderr) == []


def test_ver_ensena_a_medias_la_curp_el_telefono_y_la_salud(
    correr: Correr, con_centinela: Path
) -> None:
    discreto = correr(*VER).stdout
    completo = correr(*VER, "--completo").stdout

    assert "XIOZ85**********03" in discreto and "871 *** **21" in discreto
    assert "(reservado; véalo con --completo)" in discreto and "Hemodiálisis" not in discreto
    assert "XIOZ850315MDGCRN03" in completo and "Hemodiálisis" in completo


def test_el_error_en_json_tampoco_y_sigue_siendo_un_objeto(
    correr: Correr, con_centinela: Path
) -> None:
    corrida = correr("ver", "XIOZ850315MDGCRN03", "--json")

    assert json.loads(corrida.stdout)["codigo"] == 66
    assert delatores(corrida.stdout) == []
