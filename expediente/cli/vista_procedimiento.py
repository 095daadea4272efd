"""Un procedimiento en la pantalla: qué se hace, qué se pide, cuándo y hasta dónde."""

from collections.abc import Iterator, Sequence

from expediente.cli.pantalla import decir, tabla, titulo
from expediente.nucleo.campo import Campo
from expediente.nucleo.faltas import requisitos_del_paso
from expediente.nucleo.procedimiento import (
    Paso,
    Procedimiento,
    ReglaPlazo,
    Requisito,
    Salida,
)
from expediente.nucleo.relojes import cantidad_en_palabras

# Lo que una salida hace, por su llave, y cómo se dice.
HACE = {
    "asigna": "da",
    "prepara": "prepara",
    "emite": "emite",
    "anula": "anula",
    "entrega": "entrega",
    "aparta": "aparta",
    "presta": "presta",
    "gasta": "gasta",
    "devuelve": "devuelve",
    "quita": "deja sin efecto",
    "reinicia": "cuenta desde cero",
}


def ensenar_procedimiento(p: Procedimiento) -> None:
    """Sus pasos como la tabla del manual, y después cada cosa que piden, con su condición."""
    titulo(f"{p.nombre} (versión {p.version})")
    decir(f"{p.manual.nombre}. Clave {p.manual.codigo or p.manual.clave}.")
    _tabla(
        ["Manual", "Paso", "Responsable", "Actividad", "Termina en"],
        [
            [
                ", ".join(map(str, paso.manual)) or "—",
                paso.clave,
                p.rol[paso.responsable].nombre,
                paso.actividad,
                "; ".join(_termina_en(salida) for salida in paso.salidas),
            ]
            for paso in p.pasos
        ],
    )
    _tabla(["En el paso", "Además"], [[d, q] for paso in p.pasos for d, q in _ademas(p, paso)])
    _tabla(
        ["Plazo", "Nombre", "Cuánto", "Corre desde", "Se cumple en", "Vencido, toca también a"],
        [_fila_de_plazo(plazo) for plazo in plazos_de(p)],
    )
    _tabla(
        ["Campo", "Nombre", "Tipo", "Obligatorio", "Se pide en"],
        [
            [
                escribible(hoja.clave),
                hoja.nombre,
                hoja.tipo,
                _dato_exigido(p, hoja),
                ", ".join(donde_se_pide(p, hoja.clave)),
            ]
            for hoja in p.hojas.values()
        ],
    )
    _tabla(
        ["Requisito", "Nombre", "Obligatorio", "Se pide en"],
        [_fila_de_requisito(p, r) for r in p.requisitos],
    )
    _tabla(
        ["Recurso", "Nombre", "Existencia", "Renglón", "Cantidad"],
        [
            [r.clave, r.nombre, r.existencia, r.renglon.escrita, r.cantidad.escrita]
            for r in p.recursos
        ],
    )


def _tabla(columnas: Sequence[str], filas: list[list[str]]) -> None:
    if filas:
        decir()
        tabla(columnas, filas)


def _termina_en(salida: Salida) -> str:
    a_donde = ", ".join(salida.sigue) or (salida.final or "")
    if salida.maximo and salida.al_exceder:
        veces = "vez" if salida.maximo == 1 else "veces"
        a_donde += f" (tras {salida.maximo} {veces}: {salida.al_exceder})"
    return f"{salida.clave} → {a_donde}" if salida.clave else a_donde


def _ademas(p: Procedimiento, paso: Paso) -> Iterator[tuple[str, str]]:
    """Lo que rige en el paso y en cada resultado: (`paso` o `paso/resultado`, qué)."""
    if paso.autoriza:
        yield paso.clave, "lo autoriza el responsable, con --por"
    if paso.reune:
        yield paso.clave, "espera a que terminen las ramas que llegan a él"
    if paso.espera_hasta:
        yield paso.clave, f"no antes de: {paso.espera_hasta.escrita}"
    if paso.repite:
        cada = cantidad_en_palabras(paso.repite.cantidad, paso.repite.unidad)
        yield paso.clave, f"se repite cada {cada.removeprefix('1 ')}"
    if paso.situacion:
        nombre = p.nombre_de_situacion(paso.situacion)
        yield paso.clave, f"mientras toca, el expediente está «{nombre}»"
    for salida in paso.salidas:
        if dichos := list(_lo_de_la_salida(salida)):
            yield lugar(paso, salida), "; ".join(dichos)


def _lo_de_la_salida(salida: Salida) -> Iterator[str]:
    if salida.si:
        yield f"cuando: {salida.si.escrita}"
    if salida.motivo:
        yield "pide el motivo, con --nota"
    for llave, verbo in HACE.items():
        if claves := getattr(salida, llave):
            yield f"{verbo}: {', '.join(claves)}"
    if salida.abre:
        yield f"abre: {', '.join(a.procedimiento for a in salida.abre)}"


def lugar(paso: Paso, salida: Salida) -> str:
    """`paso`, o `paso/resultado` si decide: como se escribe en un plazo."""
    return f"{paso.clave}/{salida.clave}" if salida.clave else paso.clave


def plazos_de(p: Procedimiento) -> list[ReglaPlazo]:
    """Los del procedimiento y los de sus pasos; éstos no dicen desde dónde corren."""
    return [*p.plazos, *(paso.plazo for paso in p.pasos if paso.plazo)]


def _fila_de_plazo(plazo: ReglaPlazo) -> list[str]:
    partes = []
    if plazo.cantidad is not None:
        partes.append(cantidad_en_palabras(plazo.cantidad, plazo.unidad))
    if plazo.meta is not None:
        partes.append(f"meta {plazo.meta}")
    if plazo.fecha:
        partes.append(f"{'o ' if partes else ''}el {plazo.fecha.escrita}")
    if plazo.si:
        partes.append(f"cuando: {plazo.si.escrita}")
    desde = ", ".join(plazo.desde) or f"que toca {plazo.clave}"
    return [
        plazo.clave,
        plazo.nombre,
        ", ".join(partes),
        desde,
        ", ".join(plazo.hasta),
        plazo.escala or "",
    ]


def escribible(clave: str) -> str:
    """La clave como se teclea: el primer elemento de una lista es el 0."""
    return clave.replace("#", "0")


def condicion_de(p: Procedimiento, hoja: Campo) -> str | None:
    """Con qué condición se exige ese dato, que es la de su campo; None si no tiene."""
    campo = _campo_de(p, hoja)
    if campo.obligatorio or not (hoja.obligatorio or _es_suelto(p, campo)):
        return None
    return campo.obligatorio_si.escrita if campo.obligatorio_si else None


def _campo_de(p: Procedimiento, hoja: Campo) -> Campo:
    return next(c for c in p.campos if c.clave == hoja.clave.split(".", 1)[0])


def _es_suelto(p: Procedimiento, campo: Campo) -> bool:
    return len(p.hojas_de(campo.clave)) == 1


def _dato_exigido(p: Procedimiento, hoja: Campo) -> str:
    campo, condicion = _campo_de(p, hoja), condicion_de(p, hoja)
    if hoja.obligatorio and not condicion and not campo.obligatorio and not _es_suelto(p, campo):
        return f"si se escribe algo de «{campo.nombre}»"
    return _exigido(hoja.obligatorio, condicion)


def _exigido(obligatorio: bool, condicion: str | None) -> str:
    if condicion:
        return f"cuando: {condicion}"
    return "sí" if obligatorio else "no"


def donde_se_pide(p: Procedimiento, clave: str) -> list[str]:
    """Los pasos, o `paso/resultado`, que piden el campo de ese dato."""
    campo = clave.split(".", 1)[0]
    return [
        donde
        for paso in p.pasos
        for donde, pide in (
            (paso.clave, paso.captura),
            *((lugar(paso, salida), salida.captura) for salida in paso.salidas),
        )
        if campo in pide
    ]


def donde_se_exige(p: Procedimiento, requisito: Requisito) -> list[str]:
    """Los pasos que exigen ese requisito."""
    return [paso.clave for paso in p.pasos if requisito in requisitos_del_paso(p, paso)]


def _fila_de_requisito(p: Procedimiento, r: Requisito) -> list[str]:
    condicion = r.obligatorio_si.escrita if r.obligatorio_si else None
    exigido = _exigido(r.obligatorio, condicion)
    cada = f", uno por cada {r.por_cada}" if r.por_cada else ""
    return [r.clave, r.nombre, exigido + cada, ", ".join(donde_se_exige(p, r))]
