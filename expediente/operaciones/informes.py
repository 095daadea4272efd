"""Hacer informes: reunir los hechos de los casos, contar y escribir el Word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType

from expediente.almacen.definiciones import claves_de_informes, leer_indicador, leer_informe
from expediente.nucleo.cifras import Cifras, Cuenta
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.indicador import Indicador
from expediente.nucleo.informe import Informe
from expediente.nucleo.medicion import Medicion
from expediente.nucleo.periodo import ACTUAL, Periodo, PeriodoEscrito
from expediente.nucleo.resultados import Resultado
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.fuente import que_podrian_ser
from expediente.operaciones.indicadores import medicion_revisada
from expediente.operaciones.pasada import recorrer
from expediente.operaciones.revision_de_indicadores import exigir_indicador_sano
from expediente.operaciones.revision_de_informes import exigir_informe_sano
from expediente.operaciones.salidas_de_informe import Pdfs, escribir_salidas
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class InformeHecho:
    """Un informe terminado: sus cifras, lo que no se pudo leer y dónde quedó.

    `ficheros` está vacío si sólo se simuló; `ya_estaba` dice que se había hecho igual.
    """

    informe: Informe
    periodo: Periodo
    al: datetime
    cifras: Cifras
    problemas: tuple[str, ...]
    ficheros: tuple[Path, ...] = ()
    ya_estaba: bool = False
    indicadores: tuple[Resultado, ...] = ()

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
    formatos: frozenset[str] = frozenset(),
    con_folios: bool = False,
) -> InformeHecho:
    """Calcula un informe y deja su Word en `informes/` o en `salida`.

    `formatos` son los demás que se piden: pdf, hoja o csv; con `con_folios` lleva al final
    los folios de cada cifra. Un expediente ilegible no se cuenta ni se calla: va en los
    problemas, al pie. Hacerlo otra vez cuando dice lo mismo deja el mismo fichero, con su
    corte. Lanza NoExiste si no hay tal informe, DatosInvalidos si su definición está mal,
    ErrorUso si el periodo no se entiende o no ha empezado, o si el corte es futuro.
    """
    informe = leer_informe(v.raiz, clave)
    exigir_informe_sano(v, informe)
    periodo, corte = pedido.leer(v.ahora.date(), informe.periodos), corte_pedido(v, al)
    if periodo.desde > corte.date():
        raise ErrorUso(
            f"Ese periodo no había empezado al corte ({periodo.rotulo}): pida otro, como "
            f"--{periodo.clase} {ACTUAL}."
        )
    hecho = contar(v, informe, periodo, corte)
    if simular:
        return hecho
    corte_fijo = al is not None
    return escribir_informe(v, hecho, salida, corte_fijo, formatos, con_folios)


def escribir_informe(
    v: Ventanilla,
    hecho: InformeHecho,
    salida: Path | None,
    corte_fijo: bool,
    formatos: frozenset[str] = frozenset(),
    con_folios: bool = False,
    simular: bool = False,
    pdfs: Pdfs = MappingProxyType({}),
) -> InformeHecho:
    """El informe ya contado, escrito en `informes/` o en `salida`, sin hacerlo dos veces.

    Con `simular` no se escribe nada, y se dice si ya estaba. `pdfs` son los ya hechos.
    """
    carpeta = carpeta_del_informe(v, hecho, salida)
    return escribir_salidas(v, hecho, formatos, carpeta, con_folios, corte_fijo, simular, pdfs)


def carpeta_del_informe(v: Ventanilla, hecho: InformeHecho, salida: Path | None) -> Path:
    """Dónde se escribe ese informe: en `salida` o, sin ella, donde le toca en informes/."""
    return salida or v.raiz / "informes" / hecho.periodo.carpeta


def corte_pedido(v: Ventanilla, escrito: str | None) -> datetime:
    """Hasta qué momento se sabe; sin decirlo, ahora; de un día sin hora, hasta que termina.

    Lanza ErrorUso si es futuro.
    """
    al = v.momento(escrito)
    if escrito and not escrito.strip().replace("T", " ").partition(" ")[2]:
        fin_del_dia = datetime.combine(al, time.max, tzinfo=al.tzinfo)
        al = v.ahora if al.date() == v.ahora.date() else fin_del_dia
    if al > v.ahora:
        raise ErrorUso("Un informe no puede tener un corte futuro; revise --al.")
    return al


def contar(v: Ventanilla, informe: Informe, periodo: Periodo, al: datetime) -> InformeHecho:
    """Las cifras de un informe, sin escribir nada."""
    (hecho,) = contar_varios(v, [(informe, periodo)], al)
    return hecho


def contar_varios(
    v: Ventanilla,
    pedidos: Sequence[tuple[Informe, Periodo]],
    al: datetime,
    al_leer: Callable[[Tramo], None] = lambda tramo: None,
) -> list[InformeHecho]:
    """Las cifras y los indicadores de cada informe en su periodo, en una sola pasada."""
    cuentas = [Cuenta(informe, periodo, al) for informe, periodo in pedidos]
    # Un año de semanas mide lo mismo muchas veces: cada definición se lee una.
    distintos = {informe.clave: informe for informe, _ in pedidos}.values()
    indicadores = {
        (informe.clave, clave): indicador_del_informe(v, clave, informe)
        for informe in distintos
        for clave in informe.indicadores
    }
    mediciones = {
        (informe.clave, clave, periodo): medicion_revisada(
            v, indicadores[informe.clave, clave], periodo, al
        )
        for informe, periodo in pedidos
        for clave in informe.indicadores
    }
    ilegibles = recorrer(v, [*cuentas, *mediciones.values()], al, al_leer)
    suyos = {
        informe.clave: que_podrian_ser(v, ilegibles, informe.procedimientos)
        for informe in distintos
    }
    return [_contado(cuenta, mediciones, suyos[cuenta.informe.clave]) for cuenta in cuentas]


def indicador_del_informe(v: Ventanilla, clave: str, informe: Informe) -> Indicador:
    """El indicador sobre los procedimientos del informe, si son de los suyos.

    Uno que vale para toda la oficina, como el rezago, no puede decir en un informe otro
    número de abiertos que el informe. Lanza DatosInvalidos si su definición está mal.
    """
    indicador = leer_indicador(v.raiz, clave)
    exigir_indicador_sano(v, indicador)
    comunes = tuple(p for p in indicador.procedimientos if p in informe.procedimientos)
    return replace(indicador, procedimientos=comunes) if comunes else indicador


def _contado(
    cuenta: Cuenta,
    mediciones: Mapping[tuple[str, str, Periodo], Medicion],
    ilegibles: Sequence[str],
) -> InformeHecho:
    """El informe de una cuenta terminada; lo que no se pudo saber va en sus problemas."""
    informe, periodo, cifras = cuenta.informe, cuenta.periodo, cuenta.cifras()
    suyas = [mediciones[informe.clave, clave, periodo] for clave in informe.indicadores]
    avisos = [*cifras.avisos, *(aviso for medicion in suyas for aviso in medicion.avisos)]
    dichos = dict.fromkeys(f"{folio}: {dicho}" for folio, dicho in avisos)
    return InformeHecho(
        informe,
        periodo,
        cuenta.al,
        cifras,
        (*ilegibles, *dichos),
        indicadores=tuple(medicion.resultado() for medicion in suyas),
    )
