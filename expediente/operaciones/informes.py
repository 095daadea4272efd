"""Hacer informes: reunir los hechos de los casos, contar y escribir el Word."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.almacen.disco import errores_de_disco, escribir_entero
from expediente.almacen.versiones import ruta_libre
from expediente.documentos.redaccion import campos_de_la_oficina
from expediente.nucleo.cifras import NOMBRES_DEL_MOVIMIENTO, Cifras, Cuenta
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import Periodo, periodo_pedido, rotulo_del_corte
from expediente.operaciones.carpeta_de_plantillas import plantilla_de
from expediente.operaciones.fuente import tramos_de_la_oficina
from expediente.operaciones.revision_de_informes import exigir_informe_sano
from expediente.operaciones.ventanilla import Ventanilla


class PeriodoEscrito(NamedTuple):
    """El periodo como alguien lo tecleó; None lo que no dijo."""

    dia: str | None = None
    semana: str | None = None
    mes: str | None = None
    trimestre: str | None = None
    anio: str | None = None

    def leer(self, informe: Informe, v: Ventanilla) -> Periodo:
        """El periodo pedido a ese informe. Lanza ErrorUso si no existe o no se hace así."""
        return periodo_pedido(
            self.dia,
            self.semana,
            self.mes,
            v.ahora.date(),
            informe.periodos,
            self.trimestre,
            self.anio,
        )


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

    @property
    def incompleto(self) -> bool:
        """Si el periodo no había terminado al corte."""
        return self.periodo.incompleto(self.al)


def informes_que_hay(v: Ventanilla) -> list[Informe]:
    """Los informes que la oficina tiene definidos."""
    return [leer_informe(v.raiz, clave) for clave in claves_de_informes(v.raiz)]


def hacer_informe(
    v: Ventanilla,
    clave: str,
    pedido: PeriodoEscrito = PeriodoEscrito(),  # noqa: B008  (no cambia: es una tupla)
    al: str | None = None,
    salida: Path | None = None,
    simular: bool = False,
) -> InformeHecho:
    """Calcula un informe y deja su Word en `informes/` o en `salida`.

    Un expediente ilegible no se cuenta ni se calla: va en los problemas, al pie. Hacerlo
    otra vez con el mismo corte deja el mismo fichero. Lanza NoExiste si no hay tal
    informe, DatosInvalidos si su definición está mal, ErrorUso si el periodo no se
    entiende o el corte es futuro.
    """
    informe = leer_informe(v.raiz, clave)
    exigir_informe_sano(v, informe)
    periodo = pedido.leer(informe, v)
    hecho = contar(v, informe, periodo, corte_pedido(v, al))
    if simular:
        return hecho
    contenido = plantilla_de(v, informe.plantilla).llenar(campos_del_informe(v, hecho))
    carpeta = salida or v.raiz / "informes" / periodo.carpeta
    return replace(hecho, ficheros=(_guardar(carpeta, informe.clave, contenido),))


def corte_pedido(v: Ventanilla, escrito: str | None) -> datetime:
    """Hasta qué momento se sabe; sin decirlo, ahora. Lanza ErrorUso si es futuro."""
    al = v.momento(escrito)
    if al > v.ahora:
        raise ErrorUso("Un informe no puede tener un corte futuro; revise --al.")
    return al


def contar(v: Ventanilla, informe: Informe, periodo: Periodo, al: datetime) -> InformeHecho:
    """Las cifras de un informe, sin escribir nada."""
    cuenta = Cuenta(informe, periodo, al)
    fuente = tramos_de_la_oficina(v, informe.procedimientos, periodo.desde, periodo.hasta, al)
    for tramo in fuente.tramos:
        cuenta.agregar(tramo)
    cifras = cuenta.cifras()
    avisos = [f"{folio}: {dicho}" for folio, dicho in cifras.avisos]
    return InformeHecho(informe, periodo, al, cifras, (*fuente.problemas, *avisos))


def campos_del_informe(v: Ventanilla, hecho: InformeHecho) -> dict[str, Any]:
    """Lo que su plantilla puede pedir: el membrete y, en `informe`, todo lo demás."""
    return {
        "oficina": campos_de_la_oficina(v.oficina, hecho.informe.ente, hecho.al.date()),
        "informe": _campos(v, hecho),
    }


def _campos(v: Ventanilla, hecho: InformeHecho) -> dict[str, Any]:
    informe, cifras = hecho.informe, hecho.cifras
    nombres = {**NOMBRES_DEL_MOVIMIENTO, **{t.clave: t.nombre for t in informe.totales}}
    destinatarios = [v.oficina.destinatario(clave) for clave in informe.destinatarios]
    return {
        "titulo": informe.nombre,
        "subtitulo": _procedencia(informe),
        "periodo": f"{hecho.periodo.rotulo}{', sin terminar' * hecho.incompleto}",
        "al": rotulo_del_corte(hecho.al),
        "ente": v.oficina.ente(informe.ente).nombre,
        "destinatario": "; ".join(f"{d.nombre}, {d.cargo}" for d in destinatarios) or None,
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
