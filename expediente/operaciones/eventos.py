"""Lo que puede pasarle a cualquier caso: prevenir, suspender, negar, acumular, deshacer…"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.avance import revisar_ocurrio
from expediente.nucleo.calendario import sumar_habiles
from expediente.nucleo.campo import opcion_escrita
from expediente.nucleo.captura import convertir_datos, revisar_reglas, revisar_requisitos
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.deshacer import lo_ultimo, papeles_al_deshacer
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste, NoPermitido, sugerencia
from expediente.nucleo.estado import EMITIDO, ENTREGADO, Estado
from expediente.nucleo.faltas import claves_de_requisito
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.reglas_de_eventos import paso_al_reabrir, prorroga_de, revisar_evento
from expediente.nucleo.repaso import repasar
from expediente.operaciones.asunto import Asunto, tomar, vencimientos_de
from expediente.operaciones.avanzar import al_corriente, asentar_cambio, con_nota
from expediente.operaciones.numeracion import EXTEMPORANEO
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Dicho:
    """Lo que alguien dice al asentar un evento, como lo escribió.

    `a` es a quién: la persona a quien se reasigna, la dependencia a que se declina o el
    expediente a que se acumula. `cantidad` y `plazo` son de una prórroga; `paso`, de una
    reapertura. `extemporaneo` es por qué su oficio se fecha antes que el último del libro.
    """

    nota: str | None = None
    por: Persona | None = None
    ocurrio: str | None = None
    a: str | None = None
    paso: str | None = None
    plazo: str | None = None
    cantidad: int | None = None
    datos: Mapping[str, str] = field(default_factory=dict)
    requisitos: tuple[str, ...] = ()
    extemporaneo: str | None = None


def asentar_evento(
    v: Ventanilla, folio: str, clave: str, dicho: Dicho, simular: bool = False
) -> Resultado:
    """Asienta un evento en el caso y cumple lo que produce: su oficio, la relación con otro.

    Lanza NoPermitido si no cabe en este caso o procedimiento, SinPermiso si quien lo decide
    no puede, DatosInvalidos o NoExiste si algo de lo dicho no sirve, y CasoCambio.
    """
    asunto = al_corriente(v, tomar(v, folio), simular)
    p, estado = asunto.procedimiento, asunto.estado
    evento = revisar_evento(p, estado, clave, dicho.por, v.oficina.personal)
    momento = v.momento(dicho.ocurrio)
    if clave != "deshacer":
        revisar_ocurrio(momento, estado.ultimo_movimiento, v.ahora)
    actuacion = replace(
        v.nueva_actuacion(evento.tipo, momento),
        por=dicho.por.clave if dicho.por else None,
        nota=dicho.nota.strip() if dicho.nota else None,
    )
    actuacion = _LO_SUYO.get(clave, _con_motivo)(v, asunto, actuacion, dicho)
    if dicho.extemporaneo:
        detalle = {**actuacion.detalle, EXTEMPORANEO: dicho.extemporaneo}
        actuacion = replace(actuacion, detalle=detalle)
    hecho = asentar_cambio(v, asunto, actuacion, simular)
    return replace(hecho, aviso=_aviso(asunto, actuacion) or hecho.aviso)


def _con_motivo(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    if not a.nota:
        raise ErrorUso("Diga por qué: --motivo «…».")
    return con_nota(a, a.nota)


def _con_datos(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    """La actuación con los datos y requisitos que trae, y los valores que había."""
    p, estado = asunto.procedimiento, asunto.estado
    datos = convertir_datos(p, dicho.datos, v.catalogos)
    revisar_requisitos(p, dicho.requisitos)
    juntos = {k: x for k, x in {**estado.datos, **datos}.items() if x}
    revisar_reglas(p, hechos_de(p, replace(estado, datos=juntos), v.catalogos))
    previos = {k: estado.datos[k] for k, x in datos.items() if estado.datos.get(k, x) != x}
    return replace(a, datos=datos, anteriores=previos, requisitos=dicho.requisitos)


def _prevenir(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    revisar_requisitos(asunto.procedimiento, dicho.requisitos)
    faltan = [r for r in _requisitos_sin_entregar(v, asunto) if r not in dicho.requisitos]
    if not faltan and not a.nota:
        raise ErrorUso("No falta ningún requisito; diga qué se le previene: --motivo «…».")
    dias = asunto.procedimiento.eventos.prevencion
    plazo = sumar_habiles(v.calendario.dia_de_recepcion(a.ocurrio), dias, v.calendario)
    detalle = {"hasta": fecha_en_palabras(plazo), "vence": plazo.isoformat()}
    que_falta = {"requisitos": " ".join(faltan)} if faltan else {}
    return replace(a, detalle={**detalle, **que_falta}, requisitos=dicho.requisitos)


def _requisitos_sin_entregar(v: Ventanilla, asunto: Asunto) -> list[str]:
    p, estado = asunto.procedimiento, asunto.estado
    hechos = hechos_de(p, estado, v.catalogos)
    return [
        clave
        for r in p.requisitos
        if (r.obligatorio_si.cumple(hechos) if r.obligatorio_si else r.obligatorio)
        for clave in claves_de_requisito(r, estado.datos)
        if clave not in estado.requisitos
    ]


def _prorrogar(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    if dicho.cantidad is None:
        raise ErrorUso("Diga cuánto se prorroga, en la unidad del plazo: --cantidad N.")
    plazos = vencimientos_de(v, asunto.procedimiento, asunto.estado)
    corren = {x.clave: x.vencido(a.ocurrio) for x in plazos if x.cumplido is None}
    detalle = prorroga_de(asunto.procedimiento, asunto.estado, corren, dicho.cantidad, dicho.plazo)
    return replace(_con_motivo(v, asunto, a, dicho), detalle=detalle)


def _reasignar(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    if dicho.a is None and not dicho.datos:
        raise ErrorUso("Diga a quién: --a PERSONA, o el dato que cambia: -d area=…")
    detalle = {"a": v.oficina.persona(dicho.a).clave} if dicho.a else {}
    con_datos = _con_datos(v, asunto, _con_motivo(v, asunto, a, dicho), dicho)
    return replace(con_datos, detalle=detalle)


def _caducar(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    estado = asunto.estado
    situacion = "caducado"
    if (suspension := estado.suspendido) and suspension.clase == "prevencion":
        situacion = "desechado"
        vence = estado.eventos["prevencion"]["vence"]
        if a.ocurrio.date().isoformat() <= vence:
            raise NoPermitido(
                f"La prevención vence el {estado.eventos['prevencion']['hasta']}; antes no caduca."
            )
    elif not any(x.vencido(a.ocurrio) for x in vencimientos_de(v, asunto.procedimiento, estado)):
        raise NoPermitido("No ha vencido ningún plazo de este expediente; no caduca.")
    return replace(_con_motivo(v, asunto, a, dicho), detalle={"situacion": situacion})


def _declinar(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    if dicho.a is None:
        raise ErrorUso("Diga a quién le toca: --a DEPENDENCIA (catalogo ver dependencias).")
    dependencias = v.catalogos.get("dependencias", {})
    opcion = opcion_escrita(dependencias, dicho.a)
    if opcion is None:
        raise NoExiste(
            "Esa dependencia no está en el catálogo «dependencias»."
            f"{sugerencia(dicho.a, dependencias)}"
        )
    return replace(_con_motivo(v, asunto, a, dicho), detalle={"a": opcion.clave})


def _acumular(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    if dicho.a is None:
        raise ErrorUso("Diga a cuál se acumula: --a FOLIO.")
    rector = tomar(v, dicho.a)
    if rector.folio == asunto.folio:
        raise DatosInvalidos(f"El expediente {asunto.folio} no se acumula a sí mismo.")
    if rector.procedimiento.clave != asunto.procedimiento.clave:
        raise NoPermitido(f"{rector.folio} es de «{rector.procedimiento.clave}»: no se acumulan.")
    if ("acumulado_a" in (como for _, como in rector.estado.relaciones)) or (
        rector.estado.situacion == "archivado"
    ):
        raise NoPermitido(f"{rector.folio} ya está acumulado a otro, o archivado; elija el rector.")
    return replace(a, detalle={"a": rector.folio})


def _reabrir(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    pasos = paso_al_reabrir(asunto.procedimiento, asunto.estado, dicho.paso)
    return replace(_con_motivo(v, asunto, a, dicho), detalle={"pasos": pasos})


def _corregir(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    if not dicho.datos:
        raise ErrorUso("Diga qué dato se corrige: -d campo=valor.")
    corregida = _con_datos(v, asunto, _con_motivo(v, asunto, a, dicho), dicho)
    if all(asunto.estado.datos.get(k, "") == x for k, x in corregida.datos.items()):
        raise NoPermitido("Ese dato ya está así; no hay qué corregir.")
    return corregida


def _deshacer(v: Ventanilla, asunto: Asunto, a: Actuacion, dicho: Dicho) -> Actuacion:
    ultima, numeros = lo_ultimo(asunto.actuaciones)
    detalle = {"deshace": " ".join(numeros)}
    marca = replace(a, numero=len(asunto.actuaciones) + 1, detalle=detalle)
    despues = repasar(asunto.procedimiento, (*asunto.actuaciones, marca))
    papeles = papeles_al_deshacer(asunto.procedimiento, asunto.estado, despues)
    return replace(a, detalle=detalle, documentos=papeles, paso=ultima.paso)


LoSuyo = Callable[[Ventanilla, Asunto, Actuacion, Dicho], Actuacion]

# Lo que cada evento pide o calcula además de su motivo.
_LO_SUYO: dict[str, LoSuyo] = {
    "prevenir": _prevenir,
    "reanudar": _con_datos,
    "prorrogar": _prorrogar,
    "reasignar": _reasignar,
    "caducar": _caducar,
    "declinar": _declinar,
    "acumular": _acumular,
    "reabrir": _reabrir,
    "corregir": _corregir,
    "deshacer": _deshacer,
}


def _aviso(asunto: Asunto, a: Actuacion) -> str | None:
    """Lo que conviene saber: un dato corregido que ya salió en un documento."""
    if a.tipo not in ("correccion", "reasignacion") or not a.datos:
        return None
    escritos = _ya_escritos(asunto.estado)
    if not escritos:
        return None
    return (
        f"Ya constaba en lo emitido ({', '.join(escritos)}): si el dato sale ahí, cancele y "
        "reexpida el documento."
    )


def _ya_escritos(estado: Estado) -> list[str]:
    return [
        d.numero or d.fichero or d.clave
        for d in estado.documentos
        if d.estado in (EMITIDO, ENTREGADO)
    ]
