"""Las órdenes que sólo miran: ver, listar, pendientes, historial, plazo."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from expediente.cli.opciones import ArgumentoFolio, OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import SEMAFORO, avisar, decir, en_json, enmascarar, tabla, titulo
from expediente.cli.relato import falta_como_json, orden_que_lo_da
from expediente.nucleo.avance import Siguiente
from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.campo import Campo, opciones_de
from expediente.nucleo.caso import TIPOS_DE_ACTUACION, Actuacion
from expediente.nucleo.encabezado import encabezado_de, responsables_de
from expediente.nucleo.fecha import fecha_corta, fecha_en_palabras, momento_en_palabras
from expediente.nucleo.plazos import el_que_corre
from expediente.nucleo.procedimiento import nombre_de_documento
from expediente.nucleo.repaso import TERMINAN
from expediente.operaciones import consultas
from expediente.operaciones.asunto import Asunto
from expediente.operaciones.consultas import Vista
from expediente.operaciones.ventanilla import Ventanilla


def ver(
    folio: ArgumentoFolio,
    completo: Annotated[
        bool, typer.Option("--completo", help="Enseña CURP, teléfonos y datos sensibles.")
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Enseña un expediente: dónde está, qué falta y qué orden lo mueve.

    expediente ver EB-2026-0042
    """
    v = ventanilla(oficina)
    vista = consultas.ver(v, folio)
    if json:
        en_json(_vista_json(v, vista))
    else:
        _ensenar(v, vista, completo)
    for aviso in vista.avisos:
        avisar(aviso)


def _vista_json(v: Ventanilla, vista: Vista) -> dict[str, Any]:
    asunto = vista.asunto
    p, estado = asunto.procedimiento, asunto.estado
    corre = el_que_corre(vista.vencimientos)
    encabezado = encabezado_de(p, asunto.folio, estado, asunto.actuaciones, corre)
    return {
        "folio": asunto.folio,
        "procedimiento": p.clave,
        "version": p.version,
        "responsables": responsables_de(p, estado),
        **encabezado,
        "vence": _iso(corre.vence) if corre else None,
        "semaforo": corre.semaforo(v.ahora) if corre else "gris",
        "revision": asunto.leido.caso.revision,
        "carpeta": str(asunto.carpeta),
        "siguientes": [_siguiente_json(s, asunto.folio) for s in vista.siguientes],
        "avisos": list(vista.avisos),
    }


def _iso(momento: datetime | None) -> str | None:
    return momento.isoformat(timespec="seconds") if momento else None


def _siguiente_json(s: Siguiente, folio: str) -> dict[str, Any]:
    return {
        "paso": s.paso,
        "responsable": s.responsable,
        "resultados": list(s.resultados),
        "piden_nota": list(s.piden_nota),
        "falta": [falta_como_json(f, folio) for f in s.falta],
        "falta_con": {
            clave: [falta_como_json(f, folio) for f in faltan]
            for clave, faltan in s.falta_con.items()
        },
        "espera_hasta": s.espera_hasta.isoformat() if s.espera_hasta else None,
    }


def _ensenar(v: Ventanilla, vista: Vista, completo: bool) -> None:
    asunto = vista.asunto
    p, estado = asunto.procedimiento, asunto.estado
    titulo(f"{asunto.folio} · {p.nombre}")
    situacion = p.nombre_de_situacion(estado.situacion)
    if estado.situacion_final and estado.situacion_final != estado.situacion:
        situacion += f" ({p.nombre_de_situacion(estado.situacion_final).lower()})"
    decir(f"Situación: {situacion}")
    if motivo := _motivo_del_final(vista):
        decir(f"Motivo: {motivo}")
    for numero in p.numeros:
        if numero.clave in estado.datos:
            decir(f"{numero.nombre}: {estado.datos[numero.clave]}")
    decir(f"Recibido: {momento_en_palabras(estado.abierto)}")
    for x in vista.vencimientos:
        cuando = "" if x.suspendido else f"{momento_en_palabras(x.vence)} "
        decir(f"{x.nombre}: {cuando}({_como_va(x, v.ahora)})")
    for dicho in (*_vueltas(vista), *_lo_ligado(v, vista)):
        decir(dicho)
    decir(f"Carpeta: {asunto.carpeta}")
    filas = [
        (campo.nombre, _legible(v, campo, dato) if completo else _discreto(v, campo, dato))
        for clave, dato in _datos(vista)
        if (campo := p.hojas.get(_sin_indice(clave)))
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
    for siguiente in vista.siguientes:
        _ensenar_siguiente(asunto, siguiente)


def _motivo_del_final(vista: Vista) -> str | None:
    """Lo que se anotó al terminar: por qué se negó, por qué se canceló."""
    estado = vista.asunto.estado
    finales = (a for a in vista.asunto.actuaciones if a.ocurrio == estado.concluido and a.nota)
    return next((a.nota for a in finales if a.tipo == "avance" or a.tipo in TERMINAN), None)


def _vueltas(vista: Vista) -> list[str]:
    """Cuántas veces regresó el caso por cada decisión que lo regresa."""
    p, estado = vista.asunto.procedimiento, vista.asunto.estado
    return [
        f"{salida.nombre} ({paso.clave}): {veces}"
        + (f" de {salida.maximo} veces" if salida.maximo else " veces")
        for paso in p.pasos
        for salida in paso.salidas
        if (salida.maximo or salida.sin_limite)
        and (veces := estado.veces.get((paso.clave, salida.clave), 0))
    ]


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


def _legible(v: Ventanilla, campo: Campo, dato: str) -> str:
    """El dato como se lee: la opción por su nombre y la fecha como se escribe aquí."""
    opcion = opciones_de(campo, v.catalogos).get(dato)
    if opcion:
        return opcion.nombre
    return fecha_corta(date.fromisoformat(dato)) if campo.tipo == "fecha" else dato


def _discreto(v: Ventanilla, campo: Campo, dato: str) -> str:
    if campo.sensible:
        return "(reservado; véalo con --completo)"
    return enmascarar(campo.tipo, _legible(v, campo, dato))


def _sin_indice(clave: str) -> str:
    return ".".join("#" if parte.isdigit() else parte for parte in clave.split("."))


def _datos(vista: Vista) -> list[tuple[str, str]]:
    estado, p = vista.asunto.estado, vista.asunto.procedimiento
    orden = {hoja: lugar for lugar, hoja in enumerate(p.hojas)}
    return sorted(estado.datos.items(), key=lambda x: orden.get(_sin_indice(x[0]), len(orden)))


def _ensenar_siguiente(asunto: Asunto, s: Siguiente) -> None:
    folio, p = asunto.folio, asunto.procedimiento
    decir()
    titulo(f"Toca: {s.paso} — {p.rol[s.responsable].nombre}")
    decir(s.actividad)
    for falta in s.falta:
        orden = " ".join(orden_que_lo_da(falta, folio))
        cuales = f" ({', '.join(falta.opciones)})" if falta.clase == "persona" else ""
        decir(f"  Falta {falta.nombre} ({falta.clase}): {orden}{cuales}")
    for resultado, faltan in s.falta_con.items():
        if resultado in s.resultados:
            ordenes = " ".join(" ".join(orden_que_lo_da(f, folio)) for f in faltan)
            decir(f"  Con «{resultado}» además: {ordenes}")
    if s.espera_hasta:
        decir(f"  Espera al {fecha_en_palabras(s.espera_hasta)}.")
    orden = f"expediente avanzar {folio}"
    if s.resultados:
        orden += f" --resultado {'|'.join(s.resultados)}"
    if any(f.clase == "persona" for f in s.falta):
        orden += " --por PERSONA"
    if any(salida.entrega for salida in p.por_clave[s.paso].salidas):
        orden += " --recibe NOMBRE"
    decir(f"  Orden: {orden}")


def historial(
    folio: ArgumentoFolio, oficina: OpcionOficina = None, json: OpcionJson = False
) -> None:
    """Todo lo que pasó en un expediente: quién, cuándo y qué.

    expediente historial EB-2026-0042
    """
    v = ventanilla(oficina)
    asunto = consultas.ver(v, folio).asunto
    if json:
        mapas = [a.como_mapa() for a in asunto.actuaciones]
        en_json({"folio": asunto.folio, "actuaciones": mapas})
        return
    tabla(
        ["N.º", "Pasó", "Qué", "Actuó", "Capturó", "Nota"],
        [
            [
                str(a.numero),
                f"{a.ocurrio:%d/%m/%Y %H:%M}",
                " ".join(filter(None, (TIPOS_DE_ACTUACION[a.tipo], a.paso, a.resultado))),
                a.por or "",
                a.capturo,
                _lo_anotado(a),
            ]
            for a in asunto.actuaciones
        ],
    )


def _lo_anotado(a: Actuacion) -> str:
    """La nota de una actuación, o lo que produjo, recibió o corrigió."""
    if a.tipo == "correccion":
        cambios = (f"{k}: «{a.anteriores.get(k, '')}» → «{nuevo}»" for k, nuevo in a.datos.items())
        return "; ".join(cambios)
    recibe = next((x["recibe"] for x in (a.detalle, *a.documentos) if "recibe" in x), "")
    partes = [
        a.nota or ", ".join(d.get("numero", d["clave"]) for d in a.documentos),
        f"recibió {recibe}" if recibe else "",
    ]
    return "; ".join(filter(None, partes))


def _como_va(x: Vencimiento, ahora: datetime) -> str:
    """El semáforo en palabras, con los días de atraso: también se lee en blanco y negro."""
    if x.suspendido:
        return "suspendido, no corre"
    dicho = SEMAFORO[x.semaforo(ahora)]
    if x.vencido(ahora):
        dias = (ahora.date() - x.vence.date()).days
        return f"{dicho} +{dias} d" if dias else dicho
    return f"{dicho}, pasó la meta" if x.meta and not x.cumplido and ahora > x.meta else dicho


def plazo(folio: ArgumentoFolio, oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Explica, día por día, cuándo vence un expediente.

    expediente plazo EB-2026-0042
    """
    v = ventanilla(oficina)
    vista = consultas.ver(v, folio)
    if json:
        plazos = [
            {
                "clave": x.clave,
                "nombre": x.nombre,
                "inicio": _iso(x.inicio),
                "vence": None if x.suspendido else _iso(x.vence),
                "cumplido": _iso(x.cumplido),
                "meta": None if x.suspendido else _iso(x.meta),
                "suspendido": x.suspendido,
                "original": _iso(x.original),
                "escala": x.escala,
                "semaforo": x.semaforo(v.ahora),
                "hasta": list(x.hasta),
                "explicacion": list(x.explicacion),
                "fundamento": x.fundamento,
            }
            for x in vista.vencimientos
        ]
        en_json({"folio": vista.asunto.folio, "plazos": plazos})
        return
    if not vista.vencimientos:
        decir(f"{vista.asunto.folio}: no le corre ningún plazo.")
    for x in vista.vencimientos:
        titulo(f"{x.nombre}: {_como_va(x, v.ahora)}")
        for renglon in x.explicacion:
            decir(f"  {renglon}")
        if x.cumplido:
            decir(f"  Se cumplió: {momento_en_palabras(x.cumplido)}.")
        elif x.hasta:
            decir(f"  Se cumple al dar el paso: {' o '.join(x.hasta)}.")
        if x.escala and not x.cumplido:
            rol = vista.asunto.procedimiento.rol[x.escala].nombre
            decir(f"  {'Ya venció' if x.vencido(v.ahora) else 'Si vence'}, toca también a: {rol}.")
        if x.fundamento:
            decir(f"  Fundamento: {x.fundamento}")
    for aviso in vista.avisos:
        avisar(aviso)
