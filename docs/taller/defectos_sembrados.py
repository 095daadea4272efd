"""Los once defectos de las solicitudes de ejemplo, y en qué renglón va cada uno.

Lo que el programa contesta a cada defecto no se dice aquí: sólo se siembra.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from gente_inventada import Persona
from solicitudes_inventadas import COLUMNAS, MUNICIPIO, Fila, nombre_y_curp

Estropear = Callable[[list[Fila], int], Fila]
UBALDO = Persona("H", "Ubaldo", "Favela", "Quiñones", date(1958, 3, 9), "DG", 0)
OFELIA = Persona("M", "Ofelia", "Urbina", "Yáñez", date(1971, 8, 24), "CL", 1)


def con_curp(persona: Persona, estropear: Callable[[str], str]) -> Estropear:
    """Un defecto que pone en la fila a la persona con su CURP estropeada."""
    celdas = nombre_y_curp(persona)
    return lambda filas, aqui: filas[aqui] | celdas | {"CURP": estropear(celdas["CURP"])}


def con_celdas(**celdas: str) -> Estropear:
    """Un defecto que sólo escribe celdas: la clave es el nombre de columna con guion bajo."""
    cambios = {nombre.replace("_", " "): valor for nombre, valor in celdas.items()}
    return lambda filas, aqui: filas[aqui] | cambios


def con_regreso_antes(filas: list[Fila], aqui: int) -> Fila:
    """Un viaje redondo que vuelve el día antes de salir."""
    viaje = datetime.strptime(filas[aqui]["Fecha de viaje"], "%d/%m/%Y").date()
    regreso = f"{viaje - timedelta(days=1):%d/%m/%Y}"
    return filas[aqui] | {"Tipo de viaje": "redondo", "Fecha de regreso": regreso}


def repetido(filas: list[Fila], aqui: int) -> Fila:
    """El mismo renglón de dos más arriba; el de en medio llegó en el mismo minuto."""
    filas[aqui - 1]["Hora"] = filas[aqui - 2]["Hora"]
    return dict(filas[aqui - 2])


def con_coma_de_mas(filas: list[Fila], aqui: int) -> Fila:
    """Una calle con coma que nadie puso entre comillas: 25 celdas en vez de 24."""
    pares = list((filas[aqui] | {"Calle": "Nogal"}).items())
    pares.insert(COLUMNAS.index("Número"), ("", " interior 4"))
    return dict(pares)


SIN_REGRESO = {"Tipo_de_viaje": "ida", "Fecha_de_regreso": ""}
EN_DICIEMBRE = {"Fecha_de_viaje": "17/12/2026", "Fecha_de_cita": "18/12/2026"}
# renglón, frase y manera de estropearlo; ninguno coincide con los casos difíciles.
DEFECTOS: tuple[tuple[int, str, Estropear], ...] = (
    (
        13,
        "CURP con dígito verificador equivocado",
        con_curp(UBALDO, lambda curp: curp[:-1] + str((int(curp[-1]) + 1) % 10)),
    ),
    (30, "CURP de 17 letras", con_curp(OFELIA, lambda curp: curp[:-1])),
    (50, "fecha de viaje que no existe", con_celdas(Fecha_de_viaje="31/02/2027", **SIN_REGRESO)),
    (
        70,
        "fecha de viaje con año de dos cifras",
        con_celdas(Fecha_de_viaje="09/12/26", Fecha_de_cita="10/12/2026", **SIN_REGRESO),
    ),
    (88, "teléfono de 9 dígitos", con_celdas(Teléfono="871 134 567")),
    (
        108,
        "destino mal escrito",
        con_celdas(Destino="Toreón", Unidad_médica="Clínica 46", Origen=MUNICIPIO),
    ),
    (129, "fecha de regreso anterior a la de viaje", con_regreso_antes),
    (
        146,
        "fecha de solicitud en el futuro",
        con_celdas(Fecha_de_solicitud="15/12/2026", **EN_DICIEMBRE, **SIN_REGRESO),
    ),
    (166, "código postal de 4 dígitos", con_celdas(**{"C.P.": "3592"})),
    (188, "renglón repetido", repetido),
    (207, "una coma de más sin comillas", con_coma_de_mas),
)


def sembrar(filas: list[Fila]) -> list[Fila]:
    """Las mismas filas con un defecto en cada renglón de `DEFECTOS`."""
    sembradas = list(filas)
    for renglon, _, estropear in DEFECTOS:
        sembradas[renglon - 2] = estropear(sembradas, renglon - 2)
    return sembradas
