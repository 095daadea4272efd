"""Solicitudes de descuento de autobús como las tendría una oficina en Excel, sin defectos.

Los números locales empiezan con 1, que ninguna compañía asigna. Los defectos se siembran
después, en `defectos_sembrados`.
"""

import random
from datetime import date, datetime, timedelta

from gente_inventada import DIFICILES, Persona, curp_de, lista, persona_al_azar

Fila = dict[str, str]
COLUMNAS = lista(
    "Fecha de solicitud|Hora|Canal|Nombre(s)|Primer apellido|Segundo apellido|CURP|Teléfono|"
    "Calle|Número|Colonia|Localidad|C.P.|Origen|Destino|Tipo de viaje|Fecha de viaje|"
    "Fecha de regreso|Unidad médica|Fecha de cita|Motivo|Acompañante nombre(s)|"
    "Acompañante primer apellido|Acompañante segundo apellido"
)
MUNICIPIO = "San Jerónimo de los Ríos"
COLONIAS = (
    ("Centro", MUNICIPIO, "35901"),
    ("Las Huertas del Vado", MUNICIPIO, "35902"),
    ("Barrio de la Acequia", MUNICIPIO, "35902"),
    ("Ferrocarrilera Poniente", MUNICIPIO, "35903"),
    ("Ampliación San Isidro del Vado", MUNICIPIO, "35904"),
    ("Lomas del Algodonal", MUNICIPIO, "35905"),
    ("La Cigüeña", MUNICIPIO, "35906"),
    ("Peña Colorada", MUNICIPIO, "35906"),
    ("Fraccionamiento Los Mezquites", MUNICIPIO, "35907"),
    ("Villas del Guayule", MUNICIPIO, "35908"),
    ("Obrera de la Presa", MUNICIPIO, "35909"),
    ("Jardines de Santa Begoña", MUNICIPIO, "35910"),
    ("Ejido Nuevo Porvenir", "Nuevo Porvenir", "35921"),
    ("Ejido El Pingüico", "El Pingüico", "35922"),
    ("Ejido La Ceniza", "La Ceniza", "35923"),
)
CALLES = lista(
    "Nogal|Av. de la Acequia|Privada Mezquite|Niños Héroes|Calle 5 de Febrero|Algodoneros|"
    "Prolongación Guayule|Callejón del Molino|Ignacio Zaragoza|Av. Ferrocarril|Las Cigüeñas|"
    "Av. del Vado, esquina con Nogal|Cerrada Huizache|Calle de la Noria|Profa. Ángela Peralta"
)
UNIDADES = {
    "Durango": ("Hospital General de Durango",),
    "Torreón": ("Hospital General de Torreón", "Clínica 46"),
    "Monterrey": ("Hospital Universitario de Monterrey",),
    "Ciudad de México": ("Centro Médico Nacional",),
    "Guadalajara": ("Hospital Civil de Guadalajara",),
    "Saltillo": ("Hospital de Alta Especialidad del Noreste",),
    "Zacatecas": ("Hospital General de Zacatecas",),
}
TELEFONOS = lista(
    "{0} {1} {2}|({0}){1}{2}|{0}{1}{2}|044 {0} {1} {2}|+52 1 {0} {1} {2}|{0}-{1}-{2}|"
    "01 {0} {1} {2}|({0}) {1} {2}"
)
CUANTAS_POR_DIA = {17: 62, 18: 58, 19: 58, 20: 36}
# renglón de la segunda solicitud → renglón de la primera: la misma persona, otro viaje.
DOS_VIAJES = {154: 21, 175: 46, 199: 95}
# renglón → número de casa de dos personas cuyo código postal empieza con cero.
DE_FUERA = {64: "8", 137: "112"}
DOMICILIO_DE_FUERA = {
    "Calle": "Cerrada de la Noria",
    "Colonia": "Progreso",
    "Localidad": "Ciudad de México",
    "C.P.": "01080",
}


def momentos(azar: random.Random) -> list[datetime]:
    """Los momentos de llegada, en orden: 8:10 a 15:20, y el viernes hasta las 11:30."""
    llegadas = []
    for dia, cuantas in CUANTAS_POR_DIA.items():
        ultimo_minuto = 11 * 60 + 30 if dia == 20 else 15 * 60 + 20
        minutos = sorted(azar.sample(range(8 * 60 + 10, ultimo_minuto + 1), cuantas))
        llegadas += [datetime(2026, 11, dia, m // 60, m % 60) for m in minutos]
    return llegadas


def telefono_al_azar(azar: random.Random) -> str:
    """Un teléfono de diez dígitos escrito como lo escribe la gente."""
    lada = azar.choice(("871", "871", "871", "618"))
    numero = f"1{azar.randrange(1_000_000):06}"
    return azar.choice(TELEFONOS).format(lada, numero[:3], numero[3:])


def domicilio_al_azar(azar: random.Random) -> Fila:
    """Calle, número, colonia, localidad y código postal del municipio inventado."""
    colonia, localidad, codigo_postal = azar.choice(COLONIAS)
    es_ejido = colonia.startswith("Ejido")
    numero = "S/N" if es_ejido else azar.choice(("{}", "{}", "{}-A", "{} Int. 3"))
    return {
        "Calle": "Domicilio conocido" if es_ejido else azar.choice(CALLES),
        "Número": numero.format(azar.randint(3, 1890)),
        "Colonia": colonia,
        "Localidad": localidad,
        "C.P.": codigo_postal,
    }


def nombre_y_curp(persona: Persona) -> Fila:
    """Las celdas que dicen quién es."""
    return {
        "Nombre(s)": persona.nombres,
        "Primer apellido": persona.primer,
        "Segundo apellido": persona.segundo,
        "CURP": curp_de(persona),
    }


def viaje_al_azar(dia: date, azar: random.Random) -> Fila:
    """Las celdas del viaje de quien lo pide el `dia`; no todo redondo trae el regreso."""
    destino = azar.choice(tuple(UNIDADES))
    desde_gomez = destino != "Torreón" and azar.random() < 0.08
    tipo = azar.choice(("ida", "regreso", "redondo", "redondo", "redondo"))
    viaje = dia + timedelta(days=azar.randint(1, 12))
    cita = viaje + timedelta(days=azar.randint(0, 2))
    regreso = cita + timedelta(days=azar.randint(0, 3))
    con_regreso = tipo == "redondo" and azar.random() < 0.8
    return {
        "Origen": "Gómez Palacio" if desde_gomez else MUNICIPIO,
        "Destino": destino,
        "Tipo de viaje": tipo,
        "Fecha de viaje": f"{viaje:%d/%m/%Y}",
        "Fecha de regreso": f"{regreso:%d/%m/%Y}" if con_regreso else "",
        "Unidad médica": azar.choice(UNIDADES[destino]),
        "Fecha de cita": f"{cita:%d/%m/%Y}",
        "Motivo": azar.choice(("consulta", "consulta", "tratamiento")),
    }


def acompaniante_al_azar(persona: Persona, azar: random.Random) -> Fila:
    """Las celdas de quien acompaña, vacías casi siempre; un menor nunca viaja solo."""
    quien = persona_al_azar(azar)
    va = persona.es_menor or azar.random() < 0.18
    celdas = (quien.nombres, persona.primer if persona.es_menor else quien.primer, quien.segundo)
    return {
        nombre: celda if va else "" for nombre, celda in zip(COLUMNAS[21:], celdas, strict=True)
    }


def fila_de(momento: datetime, persona: Persona, azar: random.Random) -> Fila:
    """Un renglón completo y sin defecto."""
    canales = ("mostrador",) * 7 + ("teléfono", "teléfono", "escrito")
    return {
        "Fecha de solicitud": f"{momento:%d/%m/%Y}",
        "Hora": f"{momento:%H:%M}",
        "Canal": azar.choice(canales),
        **nombre_y_curp(persona),
        "Teléfono": telefono_al_azar(azar),
        **domicilio_al_azar(azar),
        **viaje_al_azar(momento.date(), azar),
        **acompaniante_al_azar(persona, azar),
    }


def tecleada(fila: Fila, azar: random.Random) -> Fila:
    """El renglón como lo teclea la gente: mayúsculas, espacios, sin acentos, fechas ISO."""
    manera = azar.random()
    if manera < 0.10:
        cuales = (*COLUMNAS[3:6], "Calle", "Destino", "Unidad médica", *COLUMNAS[21:])
        return fila | {nombre: fila[nombre].upper() for nombre in cuales}
    if manera < 0.16:
        return fila | {"Nombre(s)": f" {fila['Nombre(s)'].replace(' ', '  ')} "}
    if manera < 0.19:
        return fila | {"Primer apellido": fila["Primer apellido"] + "  "}
    if manera < 0.22:
        sin_acento = fila["Destino"].replace("ó", "o").replace("é", "e")
        return fila | {"Destino": sin_acento.lower()}
    if manera < 0.25:
        return fila | {nombre: fecha_iso(fila[nombre]) for nombre in COLUMNAS if "Fecha" in nombre}
    return fila


def incompleta(fila: Fila, azar: random.Random) -> Fila:
    """El renglón de quien a veces no trae la CURP o no tiene teléfono."""
    falta = azar.random()
    if falta < 0.05:
        return fila | {"CURP": ""}
    return fila | {"Teléfono": ""} if falta < 0.14 else fila


def fecha_iso(fecha: str) -> str:
    """La fecha dd/mm/aaaa escrita aaaa-mm-dd; vacía si está vacía."""
    return "-".join(reversed(fecha.split("/")))


def hacer_solicitudes(azar: random.Random) -> list[Fila]:
    """Las 214 filas buenas, en orden de llegada y con los casos difíciles repartidos."""
    filas: list[Fila] = []
    for renglon, momento in enumerate(momentos(azar), start=2):
        orden, resto = divmod(renglon - 8, 13)
        fija = DIFICILES[orden] if resto == 0 and orden < len(DIFICILES) else None
        fila = fila_de(momento, persona_al_azar(azar, fija), azar)
        # A los difíciles no se les cambia nada: su dificultad está en el nombre.
        filas.append(fila if fija else incompleta(tecleada(fila, azar), azar))
    for renglon, numero in DE_FUERA.items():
        filas[renglon - 2] |= DOMICILIO_DE_FUERA | {"Número": numero}
    quien_viaja = (*COLUMNAS[3:13], *COLUMNAS[21:])
    for segunda, primera in DOS_VIAJES.items():
        filas[segunda - 2] |= {nombre: filas[primera - 2][nombre] for nombre in quien_viaja}
    return filas
