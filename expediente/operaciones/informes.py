"""Hacer informes: reunir la historia de los casos, calcular y escribir el Word."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from expediente.almacen import carpetas
from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.almacen.disco import errores_de_disco, escribir_entero
from expediente.almacen.reglas import procedimiento_en_version, procedimiento_vigente
from expediente.almacen.versiones import ruta_libre
from expediente.documentos.redaccion import campos_de_la_oficina
from expediente.nucleo.cifras import NOMBRES_DEL_MOVIMIENTO, Cifras, Historia, calcular
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, ErrorUso, sugerencia
from expediente.nucleo.informe import Informe, Periodo, periodo_pedido, rotulo_del_corte
from expediente.nucleo.nombres_de_condiciones import nombres_de_informe
from expediente.operaciones.asunto import leer_integro
from expediente.operaciones.carpeta_de_plantillas import plantilla_de
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class InformeHecho:
    """Un informe terminado: sus cifras, lo que no se pudo leer y dónde quedó.

    `ficheros` está vacío si sólo se simuló.
    """

    informe: Informe
    periodo: Periodo
    al: datetime
    cifras: Cifras
    problemas: tuple[str, ...]
    ficheros: tuple[Path, ...] = ()


def informes_que_hay(v: Ventanilla) -> list[Informe]:
    """Los informes que la oficina tiene definidos."""
    return [leer_informe(v.raiz, clave) for clave in claves_de_informes(v.raiz)]


def hacer_informe(
    v: Ventanilla,
    clave: str,
    dia: str | None = None,
    semana: str | None = None,
    mes: str | None = None,
    al: str | None = None,
    salida: Path | None = None,
    simular: bool = False,
) -> InformeHecho:
    """Calcula un informe y deja su Word en `informes/` o en `salida`.

    Un expediente ilegible no se cuenta ni se calla: va en los problemas, al pie. Hacerlo
    otra vez con el mismo corte deja el mismo fichero. Lanza NoExiste si no hay tal
    informe, ErrorUso si el periodo no se entiende o el corte es futuro.
    """
    informe = leer_informe(v.raiz, clave)
    _revisar_nombres(v, informe)
    periodo = periodo_pedido(dia, semana, mes, v.ahora.date(), informe.periodos)
    corte = v.momento(al)
    if corte > v.ahora:
        raise ErrorUso("Un informe no puede tener un corte futuro; revise --al.")
    historias, problemas = _historias(v, informe.procedimiento)
    cifras = calcular(informe, periodo, corte, historias, v.catalogos, v.calendario)
    hecho = InformeHecho(informe, periodo, corte, cifras, tuple(problemas))
    if simular:
        return hecho
    contenido = plantilla_de(v, informe.plantilla).llenar(campos_del_informe(v, hecho))
    carpeta = salida or v.raiz / "informes" / periodo.carpeta
    return replace(hecho, ficheros=(_guardar(carpeta, informe.clave, contenido),))


def _revisar_nombres(v: Ventanilla, informe: Informe) -> None:
    """Lanza DatosInvalidos si una expresión del informe usa un hecho que no existe."""
    p, _ = procedimiento_vigente(v.raiz, informe.procedimiento)
    conocidos = nombres_de_informe(p, v.catalogos)
    expresiones = [
        *((f"columna «{c.clave}»", c.valor) for c in informe.columnas),
        *((f"total «{t.clave}»", t.cuenta) for t in informe.totales),
        *((f"grupo «{g.clave}»", g.por) for g in informe.grupos),
        *([("incluye", informe.incluye)] if informe.incluye else []),
    ]
    for donde, expresion in expresiones:
        if prohibidos := sorted(expresion.nombres & p.sensibles):
            raise DatosInvalidos(
                f"informes/{informe.clave}.yaml, {donde}: «{prohibidos[0]}» es un dato sensible y "
                "no sale en informes."
            )
        for nombre in sorted(expresion.nombres - conocidos):
            raise DatosInvalidos(
                f"informes/{informe.clave}.yaml, {donde}: usa «{nombre}», que no existe."
                f"{sugerencia(nombre, conocidos)}"
            )


def _historias(v: Ventanilla, procedimiento: str) -> tuple[list[Historia], list[str]]:
    historias, problemas = [], []
    for folio in carpetas.folios(v.raiz):
        try:
            caso = leer_integro(carpetas.carpeta_de(v.raiz, folio)).caso
            if caso.procedimiento == procedimiento:
                p = procedimiento_en_version(v.raiz, procedimiento, caso.version)
                historias.append(Historia(caso.folio, p, caso.actuaciones))
        except ErrorExpediente as error:
            problemas.append(f"{folio}: no se contó. {_sin_ruta(v, error.mensaje)}")
    return historias, problemas


def _sin_ruta(v: Ventanilla, mensaje: str) -> str:
    return mensaje.replace(f"{v.raiz}/", "")


def campos_del_informe(v: Ventanilla, hecho: InformeHecho) -> dict[str, Any]:
    """Lo que su plantilla puede pedir: el membrete y, en `informe`, todo lo demás."""
    return {
        "oficina": campos_de_la_oficina(v.oficina, hecho.informe.ente, hecho.al.date()),
        "informe": _campos(v, hecho),
    }


def _campos(v: Ventanilla, hecho: InformeHecho) -> dict[str, Any]:
    informe, cifras = hecho.informe, hecho.cifras
    nombres = {**NOMBRES_DEL_MOVIMIENTO, **{t.clave: t.nombre for t in informe.totales}}
    destinatario = v.oficina.destinatario(informe.destinatario) if informe.destinatario else None
    return {
        "titulo": informe.nombre,
        "subtitulo": _procedencia(informe),
        "periodo": hecho.periodo.rotulo,
        "al": rotulo_del_corte(hecho.al),
        "ente": v.oficina.ente(informe.ente).nombre,
        "destinatario": f"{destinatario.nombre}, {destinatario.cargo}" if destinatario else None,
        "identidad": cifras.identidad,
        "totales": [
            {"nombre": nombres[clave], "valor": str(cuantos)}
            for clave, cuantos in cifras.totales.items()
        ],
        "columnas": [c.titulo for c in informe.columnas],
        "filas": [[fila[c.clave] for c in informe.columnas] for fila in cifras.filas],
        "grupos": [
            {
                "nombre": grupo.nombre,
                "filas": [
                    {"nombre": nombre, "valor": str(cuantos)}
                    for nombre, cuantos in cifras.grupos[grupo.clave].items()
                ],
            }
            for grupo in informe.grupos
        ],
        "problemas": list(hecho.problemas),
        "elaboro": _firma(v, informe.elaboro),
        "visto_bueno": _firma(v, informe.visto_bueno),
    }


def _procedencia(informe: Informe) -> str | None:
    manual = informe.manual
    return f"{manual.nombre} ({manual.codigo or manual.clave})" if manual else None


def _firma(v: Ventanilla, rol: str | None) -> str:
    """Nombre y cargo de quien tiene ese rol; «» si nadie."""
    for persona in v.oficina.personal:
        if rol in persona.roles:
            return f"{persona.nombre_con_grado}, {persona.cargo}"
    return ""


def _guardar(carpeta: Path, clave: str, contenido: bytes) -> Path:
    """Guarda el informe sin pisar otro distinto: un informe entregado no cambia."""
    with errores_de_disco(carpeta):
        carpeta.mkdir(parents=True, exist_ok=True)
    ruta = ruta_libre(carpeta / f"{clave}.docx", contenido)
    if not ruta.exists():
        escribir_entero(ruta, contenido)
    return ruta
