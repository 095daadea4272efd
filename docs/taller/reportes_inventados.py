"""Reportes de agua y drenaje con la forma de los que publica un organismo de verdad."""

import random
from collections import Counter
from datetime import datetime, timedelta

from gente_inventada import lista
from solicitudes_inventadas import COLONIAS, Fila, fecha_iso

COLUMNAS_AGUA = lista(
    "folio_incidente|fecha_registro_incidente|id_reporte|fecha_reporte|hora_reporte|"
    "clasificacion|reporte|medio_recepcion|alcaldia_catalogo|colonia_catalogo|longitud|latitud"
)
# Lo que se reporta y cuántos incidentes; los tres últimos no los conoce el mapa.
SERVICIOS = (
    ("Agua Potable", "Fuga", 20),
    ("Agua Potable", "Falta de agua", 15),
    ("Drenaje", "Drenaje Obstruido", 4),
    ("Drenaje", "Brote en aguas negras", 3),
    ("Agua Potable", "Mala calidad", 2),
    ("Agua Potable", "Falta de tapa en valvula", 1),
    ("Drenaje", "Hundimiento", 1),
    ("Drenaje", "Coladera sin tapa", 1),
    ("Drenaje", "Rejilla de piso", 1),
    ("Agua Tratada", "Fuga", 1),
    ("Agua Potable", "Mal uso", 1),
    ("Agua Potable", "Consulta de recibo", 1),
)
MEDIOS = ("Ciudadano (Call Center)",) * 8 + (
    "Redes Sociales (Twitter)",
    "Redes Sociales (Facebook)",
    "C-5 (Proteccion Civil, Bomberos, Locatel)",
)
INCIDENTES_SIN_COLONIA = (4, 13, 22, 31, 40)
# Incidentes (de fuga o falta de agua) por los que llamó más de un vecino, y cuántos de más.
VECINOS_DE_MAS = {0: 1, 2: 2, 6: 1, 9: 2, 15: 1, 20: 1, 27: 1}


def hacer_reportes(azar: random.Random) -> list[Fila]:
    """Los 60 reportes, agrupados por incidente como los publica un organismo de agua."""
    incidentes = [(red, que) for red, que, cuantos in SERVICIOS for _ in range(cuantos)]
    otros_vecinos = [i for i, vecinos in VECINOS_DE_MAS.items() for _ in range(vecinos)]
    llamadas = sorted([*range(len(incidentes)), *otros_vecinos])
    lugares = [lugar_al_azar(numero, azar) for numero in range(len(incidentes))]
    filas = [
        {"incidente": str(numero), **reporte_al_azar(incidentes[numero], azar), **lugares[numero]}
        for numero in llamadas
    ]
    return con_folios(filas)


def lugar_al_azar(numero: int, azar: random.Random) -> Fila:
    """Dónde está el incidente; los de `INCIDENTES_SIN_COLONIA` traen NA como texto."""
    colonia, localidad, _ = azar.choice(COLONIAS)
    return {
        "alcaldia_catalogo": localidad,
        "colonia_catalogo": "NA" if numero in INCIDENTES_SIN_COLONIA else colonia,
        "longitud": f"{azar.uniform(-103.62, -103.41):.8f}",
        "latitud": f"{azar.uniform(25.48, 25.66):.8f}",
    }


def reporte_al_azar(servicio: tuple[str, str], azar: random.Random) -> Fila:
    """Qué se reportó, cuándo y por dónde, del 18 al 20 de noviembre de 2026."""
    dia = azar.choice((18, 18, 19, 19, 20))
    segundo = azar.randrange(7 * 3600, 11 * 3600 if dia == 20 else 21 * 3600)
    momento = datetime(2026, 11, dia) + timedelta(seconds=segundo)
    return {
        "fecha_reporte": f"{momento:%d/%m/%Y}",
        "hora_reporte": f"{momento:%H:%M:%S}",
        "clasificacion": servicio[0],
        "reporte": servicio[1],
        "medio_recepcion": azar.choice(MEDIOS),
    }


def con_folios(filas: list[Fila]) -> list[Fila]:
    """Las filas con número de reporte por orden de llegada del día y folio de incidente.

    El incidente se registra con el primer reporte que llegó y agrupa a los demás.
    """
    cronologicas = sorted(filas, key=lambda f: fecha_iso(f["fecha_reporte"]) + f["hora_reporte"])
    primeros: dict[str, Fila] = {}
    cuenta: Counter[str] = Counter()
    for fila in cronologicas:
        dia = fecha_iso(fila["fecha_reporte"]).replace("-", "")
        cuenta["R" + dia] += 1
        fila["id_reporte"] = f"R-{dia}-{cuenta['R' + dia]:04}"
        if fila["incidente"] not in primeros:
            cuenta["I" + dia] += 1
            primeros[fila["incidente"]] = {
                "folio_incidente": f"I-{dia}-{cuenta['I' + dia]:04}",
                "fecha_registro_incidente": fila["fecha_reporte"],
            }
        fila.update(primeros[fila["incidente"]])
    agrupadas = sorted(cronologicas, key=lambda f: f["folio_incidente"])
    return [{nombre: fila[nombre] for nombre in COLUMNAS_AGUA} for fila in agrupadas]
