"""Un expediente en la pantalla: dónde está, qué consta, qué falta y la orden que lo mueve."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from expediente.cli.pantalla import SEMAFORO, decir, enmascarar, tabla, titulo
from expediente.cli.relato import orden_que_lo_da
from expediente.nucleo.avance import Siguiente
from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.campo import Campo, opciones_de
from expediente.nucleo.faltas import Falta
from expediente.nucleo.fecha import fecha_corta, fecha_en_palabras, momento_en_palabras
from expediente.nucleo.procedimiento import Procedimiento, nombre_de_documento
from expediente.nucleo.repaso import TERMINAN
from expediente.operaciones.asunto import Asunto
from expediente.operaciones.consultas import Vista
from expediente.operaciones.ventanilla import Ventanilla

RESERVADO = "(reservado; véalo con --completo)"

# Más que éstas no se leen de un vistazo.
OPCIONES_A_LA_VISTA = 8


def ensenar_caso(v: Ventanilla, vista: Vista, completo: bool) -> None:
    """El expediente entero, y por cada paso que toca, lo que falta y su orden.

    Sin `completo`, CURP y teléfonos van enmascarados y lo sensible no se enseña.
    """
    p, estado = vista.asunto.procedimiento, vista.asunto.estado
    titulo(f"{vista.asunto.folio} · {p.nombre}")
    for dicho in (*_como_esta(v, vista), *_vueltas(vista), *_lo_ligado(v, vista)):
        decir(dicho)
    decir(f"Carpeta: {vista.asunto.carpeta}")
    filas = [
        (campo.nombre, dato_en_pantalla(v, campo, dato, completo))
        for _, dato, campo in datos_con_su_campo(p, estado.datos)
    ]
    if filas:
        decir()
        tabla(["Dato", "Valor"], filas)
    if estado.documentos:
        decir()
        tabla(
            ["Documento", "Estado", "Número", "Recibió", "Fichero"],
            [
                (
                    nombre_de_documento(p, d.clave),
                    d.estado,
                    d.numero or "",
                    d.recibe or "",
                    d.fichero or "",
                )
                for d in estado.documentos
            ],
        )
    if suspension := estado.suspendido:
        decir()
        titulo("Los plazos están detenidos" if suspension.clase == "suspension" else "Prevenido")
        decir(f"  Para seguir: expediente reanudar {vista.asunto.folio}{_lo_que_traiga(vista)}")
        if suspension.clase == "prevencion":
            decir(f"  Si no cumple: expediente caducar {vista.asunto.folio} --motivo …")
    for siguiente in vista.siguientes:
        _ensenar_siguiente(vista.asunto, siguiente)


def _como_esta(v: Ventanilla, vista: Vista) -> Iterator[str]:
    p, estado = vista.asunto.procedimiento, vista.asunto.estado
    situacion = p.nombre_de_situacion(estado.situacion)
    if estado.situacion_final and estado.situacion_final != estado.situacion:
        situacion += f" ({p.nombre_de_situacion(estado.situacion_final).lower()})"
    yield f"Situación: {situacion}"
    if motivo := _motivo_del_final(vista):
        yield f"Motivo: {motivo}"
    for numero in p.numeros:
        if numero.clave in estado.datos:
            yield f"{numero.nombre}: {estado.datos[numero.clave]}"
    yield f"Recibido: {momento_en_palabras(estado.abierto)}"
    for x in vista.vencimientos:
        cuando = "" if x.suspendido else f"{momento_en_palabras(x.vence)} "
        yield f"{x.nombre}: {cuando}({como_va(x, v.ahora)})"


def _motivo_del_final(vista: Vista) -> str | None:
    """Lo que se anotó al terminar: por qué se negó, por qué se canceló."""
    estado = vista.asunto.estado
    finales = (a for a in vista.asunto.actuaciones if a.ocurrio == estado.concluido and a.nota)
    return next((a.nota for a in finales if a.tipo == "avance" or a.tipo in TERMINAN), None)


def _vueltas(vista: Vista) -> list[str]:
    """Cuántas veces regresó el caso por cada decisión que lo regresa."""
    p, estado = vista.asunto.procedimiento, vista.asunto.estado
    return [
        f"{salida.nombre} ({paso.clave}): {_veces(veces, salida.maximo)}"
        for paso in p.pasos
        for salida in paso.salidas
        if (salida.maximo or salida.sin_limite)
        and (veces := estado.veces.get((paso.clave, salida.clave), 0))
    ]


def _veces(dadas: int, maximo: int | None) -> str:
    dicho = f"{dadas} {'vez' if dadas == 1 else 'veces'}"
    if maximo is None:
        return dicho
    return f"{dicho} (el máximo {'era' if dadas > maximo else 'es'} {maximo})"


_COMO = {
    "abrio": "Abrió",
    "abierto_por": "Nació de",
    "ligado": "Ligado a",
    "ligado_por": "Lo liga",
    "acumula": "Tiene acumulado",
    "acumulado_a": "Acumulado a",
}


def _lo_ligado(v: Ventanilla, vista: Vista) -> list[str]:
    """Quién lo lleva, con qué otros casos está ligado y qué tiene apartado o prestado."""
    p, estado = vista.asunto.procedimiento, vista.asunto.estado
    asignado = [f"Lo lleva: {v.oficina.persona(estado.asignado).nombre}"] if estado.asignado else []
    ligados = [f"{_COMO[como]}: {folio}" for folio, como in estado.relaciones]
    tomas = [f"{p.recurso[t.recurso].nombre}: {t.cantidad}, {t.estado}" for t in estado.tomas]
    return asignado + ligados + tomas


def dato_en_pantalla(v: Ventanilla, campo: Campo, dato: str, completo: bool) -> str:
    """El dato como se lee: la opción por su nombre y la fecha como se escribe aquí.

    Sin `completo`, enmascarado; lo sensible, ni eso.
    """
    if campo.sensible and not completo:
        return RESERVADO
    opcion = opciones_de(campo, v.catalogos).get(dato)
    if opcion:
        return opcion.nombre
    legible = fecha_corta(date.fromisoformat(dato)) if campo.tipo == "fecha" else dato
    return legible if completo else enmascarar(campo.tipo, legible)


def datos_con_su_campo(
    p: Procedimiento, datos: Mapping[str, str]
) -> Iterator[tuple[str, str, Campo]]:
    """Cada dato del caso con su clave y su campo, en el orden del procedimiento."""
    orden = {hoja: lugar for lugar, hoja in enumerate(p.hojas)}
    con_patron = [(_sin_indice(clave), clave, dato) for clave, dato in datos.items()]
    conocidos = [x for x in con_patron if x[0] in orden]
    for patron, clave, dato in sorted(conocidos, key=lambda x: orden[x[0]]):
        yield clave, dato, p.hojas[patron]


def _sin_indice(clave: str) -> str:
    return ".".join("#" if parte.isdigit() else parte for parte in clave.split("."))


def _ensenar_siguiente(asunto: Asunto, s: Siguiente) -> None:
    decir()
    titulo(f"Toca: {s.paso} — {asunto.procedimiento.rol[s.responsable].nombre}")
    decir(s.actividad)
    for falta in s.falta:
        cuales = _entre_cuales(falta)
        decir(f"  Falta {falta.nombre} ({falta.clase}): {_como_se_da(asunto, falta)}{cuales}")
    if s.espera_hasta:
        decir(f"  Espera al {fecha_en_palabras(s.espera_hasta)}.")
    if any(f.clase == "documento" and not f.orden for f in s.falta):
        decir("  Este paso no puede darse mientras falte ese documento.")
        return
    if len(s.resultados) > 1:
        nombres = {x.clave: x.nombre for x in asunto.procedimiento.por_clave[s.paso].salidas}
        decir(f"  Resultados: {', '.join(f'{r} ({nombres[r]})' for r in s.resultados)}")
        for resultado in s.resultados:
            if ademas := _lo_que_pide(s, resultado):
                decir(f"  Con «{resultado}» además: {' '.join(ademas)}")
    decir(f"  Orden: {' '.join(_orden_que_avanza(asunto, s))}")


def _lo_que_traiga(vista: Vista) -> str:
    """Los requisitos de la prevención, como se teclean al recibirlos."""
    dicho = vista.asunto.estado.eventos.get("prevencion", {})
    return "".join(f" --requisito {clave}" for clave in dicho.get("requisitos", "").split())


def _entre_cuales(falta: Falta) -> str:
    """Las opciones, si son pocas y se escriben tal cual; las demás, en su catálogo."""
    pocas = 0 < len(falta.opciones) <= OPCIONES_A_LA_VISTA
    se_escriben = falta.clase in ("campo", "persona")
    return f" ({', '.join(falta.opciones)})" if pocas and se_escriben else ""


def _como_se_da(asunto: Asunto, falta: Falta) -> str:
    """La orden que da lo que falta; de un documento que no salió, qué paso lo emite."""
    orden = " ".join(orden_que_lo_da(falta, asunto.folio))
    if falta.clase != "documento":
        return orden
    if orden:
        return f"expediente {orden}"
    pasos = " o ".join(f"«{paso}»" for paso in falta.opciones)
    return f"lo emite el paso {pasos}" if pasos else "ningún paso lo emite"


def _orden_que_avanza(asunto: Asunto, s: Siguiente) -> list[str]:
    """La orden que da el paso, con «…» donde va cada dato que falta."""
    salidas = asunto.procedimiento.por_clave[s.paso].salidas
    orden = ["expediente", "avanzar", asunto.folio]
    if len(asunto.estado.pasos) > 1:
        orden += ["--paso", s.paso]
    if s.resultados:
        orden += ["--resultado", _la_unica(s.resultados)]
    orden += _argumentos(s.falta)
    if len(s.resultados) == 1:
        orden += _lo_que_pide(s, s.resultados[0])
    if any(x.entrega for x in salidas if x.clave is None or x.clave in s.resultados):
        orden += ["--recibe", "…"]
    return orden


def _lo_que_pide(s: Siguiente, resultado: str) -> list[str]:
    """Los argumentos que sólo pide ese resultado."""
    nota = ["--nota", "…"] if resultado in s.piden_nota else []
    return [*_argumentos(s.falta_con.get(resultado, ())), *nota]


def _argumentos(faltan: Sequence[Falta]) -> list[str]:
    return [
        parte.replace("…", _la_unica(falta.opciones))
        for falta in faltan
        if falta.clase != "documento"
        for parte in falta.orden
    ]


def _la_unica(opciones: Sequence[str]) -> str:
    """La opción, si no hay otra que elegir."""
    return opciones[0] if len(opciones) == 1 else "…"


def como_va(x: Vencimiento, ahora: datetime) -> str:
    """El semáforo en palabras, con los días de atraso: también se lee en blanco y negro."""
    if x.suspendido:
        return "suspendido, no corre"
    dicho = SEMAFORO[x.semaforo(ahora)]
    if x.vencido(ahora):
        dias = (ahora.date() - x.vence.date()).days
        return f"{dicho} +{dias} d" if dias else dicho
    return f"{dicho}, pasó la meta" if x.meta and not x.cumplido and ahora > x.meta else dicho
