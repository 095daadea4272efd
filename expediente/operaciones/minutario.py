"""El minutario: cada serie del libro en Word, para firmarse, y en una hoja de Excel."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from expediente.almacen import libro as libros
from expediente.almacen.abiertos import exigir_cerrado
from expediente.almacen.disco import errores_de_disco, escribir_entero, hacer_carpeta
from expediente.almacen.libro import Asiento
from expediente.documentos.redaccion import campos_de_la_oficina, nombre_del_personal
from expediente.nucleo.ajustes import Libro
from expediente.nucleo.errores import NoExiste
from expediente.nucleo.estado import CANCELADO, RESERVADO
from expediente.nucleo.fecha import fecha_corta, fecha_en_palabras, momento_en_palabras
from expediente.operaciones.carpeta_de_plantillas import LIBRO, plantilla_de
from expediente.operaciones.libro_de_oficios import (
    ESTADOS,
    FiltroDelLibro,
    acuse_de,
    asientos_del_libro,
    tramos,
    tramos_de,
)
from expediente.operaciones.numeracion import EXTEMPORANEO
from expediente.operaciones.ventanilla import Ventanilla

PARA_FIRMAR_A_MANO = "Nombre y firma"
# Cada columna de la hoja y su ancho, en letras.
COLUMNAS = (
    ("Número", 20), ("Fecha", 12), ("Destinatario", 40), ("Asunto", 40), ("Expediente", 15),
    ("Elaboró", 28), ("Firmó", 28), ("Acuse", 17), ("Recibió", 28), ("Estado", 12),
    ("Motivo", 40), ("Extemporáneo", 30), ("Origen", 22), ("Capturó", 16),
)  # fmt: skip


def sacar_minutarios(
    v: Ventanilla,
    filtro: FiltroDelLibro,
    word: bool,
    hoja: bool,
    salida: Path | None = None,
) -> list[Path]:
    """Escribe el minutario de cada libro y año que el filtro admite; dónde quedaron.

    Sin `salida`, en minutarios/ de la oficina. Reemplaza el que hubiera: se rehace del libro;
    el de un filtro lleva su propio nombre. Lanza EstaAbierto si alguien lo tiene abierto.
    """
    carpeta = salida or v.raiz / "minutarios"
    with errores_de_disco(carpeta):
        hacer_carpeta(carpeta.absolute())
    series = groupby(asientos_del_libro(v, filtro), lambda a: (a.dice["libro"], a.dice["anio"]))
    ficheros = []
    for (clave, anio), suyos in series:
        asientos, base = list(suyos), f"libro-{clave}-{anio}{filtro.apellido}"
        if word:
            contenido = _en_word(v, filtro, clave, int(anio), asientos)
            ficheros.append(_guardado(carpeta / f"{base}.docx", contenido))
        if hoja:
            renglones = _renglones(v, filtro, clave, int(anio), asientos)
            ficheros.append(_guardado(carpeta / f"{base}.xlsx", _en_hoja(v, base, renglones)))
    return ficheros


def _guardado(ruta: Path, contenido: bytes) -> Path:
    exigir_cerrado(ruta)
    escribir_entero(ruta, contenido)
    return ruta


def _en_hoja(v: Ventanilla, nombre: str, renglones: Sequence[Asiento | str]) -> bytes:
    # Sólo quien saca la hoja carga lo que la escribe.
    from expediente.documentos.hoja_de_calculo import Columna, hoja_de_excel

    filas: list[list[Any]] = []
    for asiento in renglones:
        if isinstance(asiento, str):
            filas.append([asiento, *[None] * (len(COLUMNAS) - 1)])
            continue
        dice = asiento.dice
        acuse = dice.get("entregado")
        filas.append(
            [
                asiento.numero,
                _dia(asiento),
                dice.get("destinatario"),
                dice.get("asunto"),
                dice.get("folio"),
                _elaboro(v, asiento),
                _firmo(asiento),
                datetime.fromisoformat(acuse) if acuse else None,
                dice.get("recibe"),
                dice["estado"],
                dice.get("motivo"),
                dice.get(EXTEMPORANEO),
                "tomado a mano" if asiento.de_fuera else None,
                dice.get("capturo"),
            ]
        )
    columnas = [Columna(titulo, ancho) for titulo, ancho in COLUMNAS]
    return hoja_de_excel(nombre, columnas, filas, v.ahora)


def _dia(asiento: Asiento) -> date | None:
    fecha = asiento.dice.get("fecha")
    return date.fromisoformat(fecha) if fecha else None


def _renglones(
    v: Ventanilla, filtro: FiltroDelLibro, clave: str, anio: int, asientos: Sequence[Asiento]
) -> list[Asiento | str]:
    """Los asientos y, en su lugar, los huecos: «0043–0044 · hueco». Filtrado no tiene huecos."""
    de_muestra = any("consecutivo" not in a.dice for a in asientos)
    if filtro.parcial or de_muestra:
        return list(asientos)
    lugares: list[tuple[int, Asiento | str]] = [(int(a.dice["consecutivo"]), a) for a in asientos]
    for primero, ultimo in tramos_de(libros.huecos(v.raiz, clave, anio)):
        hasta = f"–{ultimo:04d}" if ultimo > primero else ""
        lugares.append((primero, f"{primero:04d}{hasta} · hueco"))
    return [renglon for _, renglon in sorted(lugares, key=lambda lugar: lugar[0])]


def _huecos(v: Ventanilla, filtro: FiltroDelLibro, clave: str, anio: int) -> str:
    if filtro.parcial:
        return "se dicen en el libro completo"
    return tramos(libros.huecos(v.raiz, clave, anio)) or "ninguno"


def _fila_de_hueco(dicho: str) -> dict[str, str]:
    vacios = ("fecha", "destinatario", "asunto", "expediente", "elaboro", "firmo", "acuse")
    return {"numero": dicho, **dict.fromkeys(vacios, ""), "estado": "sin explicar"}


def _firmo(asiento: Asiento) -> str:
    """Quien firmó; de un reservado todavía nadie, aunque un asiento de antes lo nombre."""
    return "" if asiento.dice["estado"] == RESERVADO else asiento.dice.get("firmo", "")


def _elaboro(v: Ventanilla, asiento: Asiento) -> str:
    """Quien elaboró el oficio; de un asiento anterior a que se guardara, quien lo tecleó."""
    capturo = "" if asiento.de_fuera else asiento.dice.get("capturo", "")
    return asiento.dice.get("elaboro") or nombre_del_personal(v.oficina, capturo)


def _en_word(
    v: Ventanilla, filtro: FiltroDelLibro, clave: str, anio: int, asientos: Sequence[Asiento]
) -> bytes:
    campos = campos_del_minutario(v, filtro, clave, anio, asientos)
    return plantilla_de(v, LIBRO).llenar(campos)


def campos_del_minutario(
    v: Ventanilla, filtro: FiltroDelLibro, clave: str, anio: int, asientos: Sequence[Asiento]
) -> dict[str, Any]:
    """Lo que su plantilla puede pedir: el membrete y, en `libro`, todo lo demás."""
    libro, hoy = _libro(v, clave), v.ahora.date()
    por_estado = Counter(a.dice["estado"] for a in asientos)
    total = {"nombre": "Total", "valor": str(len(asientos))}
    cancelados = [a for a in asientos if a.dice["estado"] == CANCELADO]
    return {
        "oficina": campos_de_la_oficina(v.oficina, _ente(v, libro), hoy),
        "libro": {
            "nombre": libro.nombre,
            "clave": clave,
            "anio": str(anio),
            "periodo": _periodo(filtro, anio),
            "hecho": momento_en_palabras(v.ahora),
            "filas": [
                _fila_de_hueco(x) if isinstance(x, str) else _fila(v, x)
                for x in _renglones(v, filtro, clave, anio, asientos)
            ],
            "totales": [
                {"nombre": estado.capitalize(), "valor": str(por_estado[estado])}
                for estado in ESTADOS
            ]
            + [total],
            "completo": None if filtro.parcial else "sí",
            "huecos": _huecos(v, filtro, clave, anio),
            "cancelados": [f"{a.numero}: {a.dice.get('motivo', 'sin motivo')}" for a in cancelados],
            "extemporaneos": [
                f"{a.numero}: {a.dice[EXTEMPORANEO]}" for a in asientos if EXTEMPORANEO in a.dice
            ],
            "elaboro": nombre_del_personal(v.oficina, v.quien_teclea) or PARA_FIRMAR_A_MANO,
            "seccion": libro.seccion or libro.dependencia or "la unidad",
        },
    }


def _libro(v: Ventanilla, clave: str) -> Libro:
    """El libro de esa clave, aunque oficina.yaml ya no lo tenga."""
    try:
        return v.oficina.libro(clave)
    except NoExiste:
        return Libro(clave, f"Libro {clave}", clave)


def _ente(v: Ventanilla, libro: Libro) -> str | None:
    """La institución cuyas siglas lleva el número; None, la primera de la oficina."""
    siglas = re.split(r"\W", libro.formato)
    return next((ente.clave for ente in v.oficina.entes if ente.siglas in siglas), None)


def _periodo(filtro: FiltroDelLibro, anio: int) -> str:
    desde = f"desde el {fecha_en_palabras(filtro.desde)}" if filtro.desde else ""
    hasta = f"hasta el {fecha_en_palabras(filtro.hasta)}" if filtro.hasta else ""
    estado = f"sólo en estado {filtro.estado}" if filtro.estado else ""
    return ", ".join(filter(None, (f"Año {anio}", desde, hasta, estado)))


def _fila(v: Ventanilla, asiento: Asiento) -> dict[str, str]:
    dice, fecha = asiento.dice, _dia(asiento)
    recibio = f"recibió {dice['recibe']}" if dice.get("recibe") else ""
    acuse = acuse_de(asiento)
    falta = "sin acuse" if dice["estado"] == "emitido" and dice.get("destinatario") else ""
    return {
        "numero": asiento.numero,
        "fecha": fecha_corta(fecha) if fecha else "no consta",
        "destinatario": dice.get("destinatario", ""),
        "asunto": dice.get("asunto", ""),
        "expediente": dice.get("folio", "") or ("tomado a mano" if asiento.de_fuera else ""),
        "elaboro": _elaboro(v, asiento),
        "firmo": _firmo(asiento),
        "acuse": "; ".join(filter(None, (acuse, recibio))) or falta,
        "estado": "; ".join(filter(None, (dice["estado"], dice.get("motivo")))),
    }
