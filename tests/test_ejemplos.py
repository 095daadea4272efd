"""Los datos de ejemplo: ásperos a propósito, pero sin más defectos que los que dicen tener."""

import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from stdnum.mx import curp as curp_de_stdnum

from expediente.nucleo.campo import TIPOS, ValorInvalido

RAIZ = Path(__file__).resolve().parent.parent
DATOS = RAIZ / "datos"
SOLICITUDES = DATOS / "ejemplos" / "solicitudes-estrella-blanca.csv"
REPORTES = DATOS / "ejemplos" / "reportes-agua.csv"
DEFECTOS = DATOS / "ejemplos" / "defectos.csv"
GUION = RAIZ / "docs" / "taller" / "hacer_ejemplos.py"
AHORA = datetime(2026, 11, 20, 12, 0)


@cache
def renglones(ruta: Path) -> list[list[str]]:
    """Las celdas de cada línea del fichero; la primera es el encabezado."""
    with ruta.open(encoding="utf-8-sig", newline="") as fichero:
        return list(csv.reader(fichero))


def filas(ruta: Path) -> dict[int, dict[str, str]]:
    """Las filas por número de línea; lo que sobra de una fila larga no se mira."""
    encabezado, *resto = renglones(ruta)
    return {
        numero: dict(zip(encabezado, celdas, strict=False))
        for numero, celdas in enumerate(resto, start=2)
    }


def sembrados() -> dict[int, str]:
    """El defecto apuntado de cada renglón."""
    return {int(fila["renglon"]): fila["defecto"] for fila in filas(DEFECTOS).values()}


def sin_defecto() -> dict[int, dict[str, str]]:
    """Las solicitudes que no tienen ningún defecto sembrado."""
    return {n: fila for n, fila in filas(SOLICITUDES).items() if n not in sembrados()}


def fecha(escrita: str) -> date:
    """La fecha de una celda, dd/mm/aaaa o ISO."""
    return date.fromisoformat(TIPOS["fecha"](escrita))


def momento(fila: dict[str, str]) -> datetime:
    """Cuándo se pidió."""
    return datetime.fromisoformat(f"{fecha(fila['Fecha de solicitud'])}T{fila['Hora']}")


def no_convierte(columna: str, tipo: str) -> Callable[[int, dict[int, dict[str, str]]], bool]:
    """Si la celda de esa columna no se entiende como ese tipo."""

    def comprobar(numero: int, todas: dict[int, dict[str, str]]) -> bool:
        celda = todas[numero][columna].strip()
        # La fila con una coma de más tiene todas las celdas corridas: se comprueba aparte.
        if not celda or len(renglones(SOLICITUDES)[numero - 1]) != 24:
            return False
        try:
            TIPOS[tipo](celda)
        except ValorInvalido:
            return True
        return False

    return comprobar


def regresa_antes(numero: int, todas: dict[int, dict[str, str]]) -> bool:
    """Si vuelve antes de salir."""
    fila = todas[numero]
    if len(renglones(SOLICITUDES)[numero - 1]) != 24 or not fila["Fecha de regreso"]:
        return False
    return fecha(fila["Fecha de regreso"]) < fecha(fila["Fecha de viaje"])


COMPROBACIONES: dict[str, Callable[[int, dict[int, dict[str, str]]], bool]] = {
    "CURP con dígito verificador equivocado": lambda n, todas: (
        len(todas[n]["CURP"]) == 18 and not curp_de_stdnum.is_valid(todas[n]["CURP"])
    ),
    "CURP de 17 letras": lambda n, todas: len(todas[n]["CURP"]) == 17,
    "fecha de viaje que no existe": lambda n, todas: todas[n]["Fecha de viaje"] == "31/02/2027",
    "fecha de viaje con año de dos cifras": lambda n, todas: bool(
        re.fullmatch(r"\d\d/\d\d/\d\d", todas[n]["Fecha de viaje"])
    ),
    "teléfono de 9 dígitos": no_convierte("Teléfono", "telefono"),
    "destino mal escrito": lambda n, todas: todas[n]["Destino"] == "Toreón",
    "fecha de regreso anterior a la de viaje": regresa_antes,
    "fecha de solicitud en el futuro": lambda n, todas: momento(todas[n]) > AHORA,
    "código postal de 4 dígitos": no_convierte("C.P.", "codigo-postal"),
    "renglón repetido": lambda n, todas: todas[n] in [todas[m] for m in todas if m < n],
    "una coma de más sin comillas": lambda n, todas: len(renglones(SOLICITUDES)[n - 1]) == 25,
}


def test_el_guion_regenera_los_ejemplos_byte_por_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", str(GUION), str(tmp_path)], check=True)

    rehechos = [tmp_path / ruta.name for ruta in (SOLICITUDES, REPORTES)]

    assert [SOLICITUDES.read_bytes(), REPORTES.read_bytes()] == [r.read_bytes() for r in rehechos]
    assert [fila[:2] for fila in renglones(DEFECTOS)] == [
        fila[:2] for fila in renglones(tmp_path / "defectos.csv")
    ]


def test_rehacer_los_ejemplos_conserva_los_mensajes_apuntados(tmp_path: Path) -> None:
    apuntado = "renglon,defecto,mensaje\r\n30,CURP de 17 letras,«le falta una»\r\n"
    (tmp_path / "defectos.csv").write_text(apuntado, encoding="utf-8-sig", newline="")

    subprocess.run([sys.executable, "-B", str(GUION), str(tmp_path)], check=True)

    mensajes = {
        fila["defecto"]: fila["mensaje"] for fila in filas(tmp_path / "defectos.csv").values()
    }
    assert mensajes["CURP de 17 letras"] == "«le falta una»"
    assert len(mensajes) == 11


def test_las_solicitudes_estan_como_las_guarda_excel() -> None:
    crudo = SOLICITUDES.read_bytes()

    lineas = crudo.split(b"\r\n")

    assert crudo.startswith(b"\xef\xbb\xbf")
    assert len(lineas) == 1 + 214 + 1 and lineas[-1] == b""
    assert crudo.count(b"\n") == crudo.count(b"\r\n")


def test_hay_once_defectos_y_cada_uno_en_su_renglon() -> None:
    todas = filas(SOLICITUDES)

    hallados = {
        defecto: [numero for numero in todas if tiene_el_defecto(numero, todas)]
        for defecto, tiene_el_defecto in COMPROBACIONES.items()
    }

    assert {defecto: [numero] for numero, defecto in sembrados().items()} == hallados


def test_toda_curp_es_valida_salvo_las_dos_sembradas() -> None:
    con_curp = {n: fila["CURP"] for n, fila in filas(SOLICITUDES).items() if fila["CURP"]}

    invalidas = {n for n, curp in con_curp.items() if not curp_de_stdnum.is_valid(curp)}

    assert {n for n, defecto in sembrados().items() if "CURP" in defecto} == invalidas
    assert 0 < len(filas(SOLICITUDES)) - len(con_curp) < 30


@pytest.mark.parametrize(
    ("nombre_completo", "inicio", "consonantes"),
    [
        ("Eulalia|Ontiveros|", "OIXE", "NXL"),
        ("Alicia|Ramírez|Torres", "RXTA", "MRL"),
        ("Silvia|Méndez|Armendáriz", "MXAS", "NRL"),
        ("Paolo|D'Angelo|Núñez", "DXNP", "NXL"),
        ("María del Rosario|de la Cruz|Ñáñez", "CUXR", "RXS"),
        ("José|Ich|Tun", "IXTJ", "CNS"),
        ("J. Concepción|Ñuño|Ibargüengoitia", "XUIC", "XBN"),
        ("Luis Ángel de Jesús|Santibáñez|de la O", "SAOL", "NXS"),
    ],
)
def test_la_curp_sale_del_nombre_como_manda_el_renapo(
    nombre_completo: str, inicio: str, consonantes: str
) -> None:
    columnas = ("Nombre(s)", "Primer apellido", "Segundo apellido")
    [curp] = {
        fila["CURP"]
        for fila in filas(SOLICITUDES).values()
        if [fila[c] for c in columnas] == nombre_completo.split("|")
    }

    letras = (curp[:4], curp[13:16])

    assert (inicio, consonantes) == letras


def test_una_sola_persona_no_tiene_segundo_apellido() -> None:
    sin_segundo = [fila for fila in filas(SOLICITUDES).values() if not fila["Segundo apellido"]]

    curps = [fila["CURP"] for fila in sin_segundo]

    assert len(curps) == 1
    assert curps[0][2] == "X"


def test_tres_personas_piden_dos_viajes_distintos() -> None:
    limpias = sin_defecto().values()
    cuenta = Counter(fila["CURP"] for fila in limpias if fila["CURP"])

    repetidas = [curp for curp, veces in cuenta.items() if veces > 1]
    viajes = [[f for f in limpias if f["CURP"] == curp] for curp in repetidas]

    assert len(repetidas) == 3
    for primero, segundo in viajes:
        assert primero["Destino"] != segundo["Destino"]
        assert primero["Fecha de viaje"] != segundo["Fecha de viaje"]


def test_lo_que_no_tiene_defecto_se_entiende() -> None:
    tipos = {
        "CURP": "curp",
        "Teléfono": "telefono",
        "C.P.": "codigo-postal",
        "Fecha de viaje": "fecha",
        "Fecha de regreso": "fecha",
        "Fecha de cita": "fecha",
    }

    for fila in sin_defecto().values():
        for columna, tipo in tipos.items():
            assert not fila[columna] or TIPOS[tipo](fila[columna])


def test_las_fechas_de_cada_viaje_van_en_orden() -> None:
    for fila in sin_defecto().values():
        viaje, cita = fecha(fila["Fecha de viaje"]), fecha(fila["Fecha de cita"])

        assert 1 <= (viaje - momento(fila).date()).days <= 12
        assert 0 <= (cita - viaje).days <= 2
        assert not fila["Fecha de regreso"] or fecha(fila["Fecha de regreso"]) >= viaje
        assert not fila["Fecha de regreso"] or fila["Tipo de viaje"] == "redondo"


def test_las_solicitudes_llegan_en_orden_y_antes_de_ahora() -> None:
    llegadas = [momento(fila) for fila in sin_defecto().values()]

    horas = [llegada.strftime("%H:%M") for llegada in llegadas]

    assert sorted(llegadas) == llegadas
    assert datetime(2026, 11, 17, 8, 10) <= llegadas[0] and llegadas[-1] < AHORA
    assert all("08:10" <= hora <= "15:20" for hora in horas)


def test_la_hoja_trae_la_aspereza_de_las_hojas_de_verdad() -> None:
    todas = list(filas(SOLICITUDES).values())
    gente = " ".join(fila["Nombre(s)"] + fila["Primer apellido"] for fila in todas)

    formas = {re.sub(r"\d", "9", fila["Teléfono"]) for fila in todas}

    assert all(trozo in gente for trozo in ("ñ", "ü", "'", "de la ", "Montes de Oca", "Sáenz de"))
    assert len(formas) >= 8
    assert sum(fila["C.P."] == "01080" for fila in todas) == 2
    assert any(re.match(r"\d{4}-", fila["Fecha de solicitud"]) for fila in todas)
    assert any(fila["Nombre(s)"].isupper() for fila in todas)
    assert any(fila["Nombre(s)"] != fila["Nombre(s)"].strip() for fila in todas)
    assert any("," in fila["Calle"] for fila in todas)


def test_los_reportes_tienen_la_forma_de_los_de_un_organismo() -> None:
    crudo, todos = REPORTES.read_bytes(), filas(REPORTES)

    ids = [fila["id_reporte"] for fila in todos.values()]
    incidentes = {fila["folio_incidente"] for fila in todos.values()}

    assert not crudo.startswith(b"\xef\xbb\xbf")
    assert len(ids) == len(set(ids)) == 60
    assert len(incidentes) < 60
    assert all(identidad.startswith("R-2026111") or "R-2026112" in identidad for identidad in ids)
    assert sum(fila["colonia_catalogo"] == "NA" for fila in todos.values()) == 5
