"""Hacer el tablero: contar de una pasada todo lo que lleva y escribirlo, entero o nada."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from expediente.almacen.definiciones import claves_de_indicadores, leer_indicador
from expediente.almacen.disco import escribir_entero, hacer_carpeta
from expediente.almacen.tableros import leer_tablero
from expediente.documentos.pagina_de_tablero import Encabezado, IndicadorVisto, contados, en_html
from expediente.nucleo.calculos import cantidad_en_texto, meta_en_palabras
from expediente.nucleo.cifras_de_tablero import Semana, Tablero
from expediente.nucleo.cuenta_de_tablero import CuentaDeTablero
from expediente.nucleo.definicion_de_tablero import DefinicionDeTablero
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.medicion import Medicion
from expediente.nucleo.periodo import ACTUAL, leer_periodo
from expediente.nucleo.resultados import Resultado
from expediente.operaciones.fichas import sin_ruta
from expediente.operaciones.indicadores import medicion_de
from expediente.operaciones.informes import corte_pedido
from expediente.operaciones.pasada import recorrer
from expediente.operaciones.revision_de_tablero import (
    exigir_tablero_sano,
    procedimientos_con_historia,
)
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class TableroHecho:
    """El tablero ya escrito: sus cifras, lo que no se pudo leer y dónde quedó."""

    tablero: Tablero
    indicadores: tuple[IndicadorVisto, ...]
    problemas: tuple[str, ...]
    fichero: Path

    @property
    def esta_completo(self) -> bool:
        """Si nada quedó sin contar ni sin calcular, y las cuentas cuadran."""
        return not self.problemas and not self.tablero.avisos and self.tablero.cuadra


def hacer_tablero(
    v: Ventanilla, al: str | None = None, salida: Path | None = None, con_folios: bool = False
) -> TableroHecho:
    """Deja el tablero en `salida` o en informes/, y devuelve lo que dice.

    A una `salida` sin extensión se le pone .html, para que se abra con dos clics.
    Un expediente ilegible no se cuenta ni se calla: va en los problemas, al pie. Lanza
    DatosInvalidos si la definición pide algo que no puede publicarse, y ErrorUso si el
    corte es futuro.
    """
    corte = corte_pedido(v, al)
    definicion = leer_tablero(v.raiz)
    exigir_tablero_sano(v, definicion)
    procedimientos, problemas = procedimientos_con_historia(v)
    cuenta = CuentaDeTablero(definicion, corte, procedimientos, v.calendario, v.catalogos)
    mediciones, malos = _mediciones(v, definicion, corte)
    ilegibles = recorrer(v, [cuenta, *mediciones], corte)
    tablero = cuenta.tablero()
    avisos = sorted({f"{f}: {dicho}" for m in mediciones for f, dicho in m.avisos})
    pendientes = tuple(dict.fromkeys((*problemas, *malos, *ilegibles, *avisos)))
    indicadores = tuple(_como_se_ve(medicion.resultado()) for medicion in mediciones)
    encabezado = Encabezado(v.oficina.nombre, v.oficina.municipio)
    fichero = _que_se_abra(salida) if salida else v.raiz / "informes" / _nombre(con_folios)
    hacer_carpeta(fichero.absolute().parent)
    escribir_entero(fichero, en_html(tablero, encabezado, indicadores, pendientes, con_folios))
    return TableroHecho(tablero, indicadores, pendientes, fichero)


def _nombre(con_folios: bool) -> str:
    # Aparte: quien reparte el de siempre no debe repartir el otro por descuido.
    return "tablero-con-folios.html" if con_folios else "tablero.html"


def _que_se_abra(salida: Path) -> Path:
    return salida if salida.suffix or salida.is_dir() else salida.with_name(f"{salida.name}.html")


def _mediciones(
    v: Ventanilla, definicion: DefinicionDeTablero, al: datetime
) -> tuple[list[Medicion], list[str]]:
    """Los indicadores del tablero en el periodo que corre, y lo que está mal en los demás."""
    mediciones, problemas = [], []
    hay = claves_de_indicadores(v.raiz)
    for clave in (definicion.indicadores or hay) if hay else ():
        try:
            indicador = leer_indicador(v.raiz, clave)
            periodo = leer_periodo(indicador.periodicidad, ACTUAL, al.date())
            mediciones.append(medicion_de(v, indicador, periodo, al))
        except ErrorExpediente as error:
            problemas.append(f"Indicador «{clave}»: {sin_ruta(v, error.mensaje)}")
    return mediciones, problemas


def _como_se_ve(r: Resultado) -> IndicadorVisto:
    """El indicador sin las notas de su resultado, que pueden traer texto capturado."""
    fuera = ((r.excluidos, "excluido", "excluidos"), (r.sin_medir, "sin terminar", "sin terminar"))
    incompleto = " (incompleto)" if r.incompleto else ""
    return IndicadorVisto(
        clave=r.indicador.clave,
        nombre=r.indicador.nombre,
        periodo=f"{r.periodo.rotulo}{incompleto}",
        valor=r.texto,
        fraccion=_de_que_sale(r),
        meta=meta_en_palabras(r.indicador),
        cumple=r.cumple,
        hay_datos=r.valor is not None,
        notas=tuple(contados(*lado) for lado in fuera if lado[0]),
        folios=r.folios["denominador"],
        junto_a=r.indicador.junto_a,
    )


def _de_que_sale(r: Resultado) -> str:
    arriba = cantidad_en_texto(r.indicador, r.numerador)
    abajo = cantidad_en_texto(r.indicador, r.denominador)
    if not r.indicador.mide:
        return f"{arriba} de {abajo}"
    return f"{abajo} {'caso' if r.denominador == 1 else 'casos'}"


def como_mapa(hecho: TableroHecho) -> dict[str, Any]:
    """El tablero para JSON; los números, con los mismos nombres que en los informes."""
    t = hecho.tablero
    return {
        "al": t.al.isoformat(timespec="seconds"),
        "semaforo": {color: len(folios) for color, folios in t.oficina.colores.items()},
        "abiertos": t.oficina.abiertos,
        "cuadra": t.cuadra,
        "semanas": _semanas(t.semanas),
        "rezago": None if t.rezago is None else {r: len(folios) for r, folios in t.rezago},
        "procedimientos": [
            {
                "procedimiento": d.clave,
                "nombre": d.renglon.nombre,
                "semaforo": {color: len(folios) for color, folios in d.renglon.colores.items()},
                "semanas": _semanas(d.semanas),
            }
            for d in t.procedimientos
        ],
        "desgloses": {d.clave: {r.nombre: r.abiertos for r in rs} for d, rs in t.desgloses},
        "indicadores": [
            {"clave": i.clave, "valor": i.valor, "meta": i.meta or None, "cumple": i.cumple}
            for i in hecho.indicadores
        ],
        "folios": dict(_folios(t)),
        "problemas": [*hecho.problemas, *(f"{folio}: {dicho}" for folio, dicho in t.avisos)],
        "ficheros": [str(hecho.fichero)],
    }


def _semanas(semanas: Sequence[Semana]) -> list[dict[str, Any]]:
    return [
        {
            "semana": s.periodo.clave,
            "desde": s.periodo.desde.isoformat(),
            "hasta": s.periodo.hasta.isoformat(),
            "incompleta": s.incompleta,
            "totales": dict(s.cifras.totales),
        }
        for s in semanas
    ]


def _folios(t: Tablero) -> Iterator[tuple[str, list[str]]]:
    """De dónde sale cada cifra: {lugar en la página: folios}."""
    for color, folios in t.oficina.colores.items():
        yield f"semaforo/{color}", list(folios)
    for rotulo, suyos in t.rezago or ():
        yield f"rezago/{rotulo}", list(suyos)
    for clave, movidos in t.semanas[-1].cifras.folios.items():
        yield f"semana/{t.semanas[-1].periodo.clave}/{clave}", list(movidos)
