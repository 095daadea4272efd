"""Los cortes ya hechos: listarlos, deshacer uno entero y conciliarlo con lo que contestan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from expediente.almacen import hojas, lotes
from expediente.documentos.csv_de_excel import hoja_para_excel
from expediente.nucleo.conciliacion import (
    NOMBRES_DEL_CRUCE,
    Concilia,
    Cruce,
    Nuestro,
    cruzar,
)
from expediente.nucleo.corte import Corte
from expediente.nucleo.deshacer import lo_ultimo
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorExpediente,
    ErrorUso,
    NoExiste,
    NoPermitido,
)
from expediente.nucleo.folio import repetible
from expediente.nucleo.lista_del_corte import columnas_de, mismo_numero
from expediente.nucleo.lote import DelLote, Deshecho, Lote, vigentes_de
from expediente.operaciones.asunto import tomar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.relaciones import adheridos_de, esperados_de, hechos_del_caso
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla


def cortes_que_hay(v: Ventanilla) -> list[Corte]:
    """Los cortes que la oficina tiene definidos."""
    return [lotes.leer_corte_definido(v.raiz, clave) for clave in lotes.claves_de_cortes(v.raiz)]


def lotes_hechos(v: Ventanilla, corte: str | None = None) -> list[tuple[Lote, Path]]:
    """Los lotes, del más viejo al más nuevo, con su carpeta; de un corte, si se dice cuál."""
    if corte is not None:
        lotes.leer_corte_definido(v.raiz, corte)
    leidos = [(lotes.leer_lote(c)[0], c) for c in lotes.carpetas_de_lotes(v.raiz)]
    return [(lote, carpeta) for lote, carpeta in leidos if corte in (None, lote.corte)]


def _del_corte(v: Ventanilla, clave: str, escrito: str) -> tuple[Corte, Path, Lote, int]:
    corte = lotes.leer_corte_definido(v.raiz, clave)
    carpeta = lotes.carpeta_del_lote(v.raiz, escrito)
    lote, revision = lotes.leer_lote(carpeta)
    if lote.corte != corte.clave:
        raise DatosInvalidos(f"El lote {lote.lote} es del corte «{lote.corte}».")
    return corte, carpeta, lote, revision


def _revisar_que_valga(lote: Lote) -> None:
    if lote.deshecho and not lote.deshecho.quedan:
        raise NoPermitido(f"El lote {lote.lote} ya se deshizo: {lote.deshecho.motivo}")


def deshacer_lote(
    v: Ventanilla,
    clave: str,
    escrito: str,
    motivo: str,
    los_que_se_pueda: bool = False,
    simular: bool = False,
) -> list[Resultado]:
    """Deshace en cada caso los pasos que el corte le dio; un resultado por caso.

    Si alguno ya siguió adelante no se deshace ninguno, salvo `los_que_se_pueda`. Repetirlo
    tras un apagón termina lo que faltaba. Lanza NoPermitido si no se puede o ya se deshizo.
    """
    if not motivo.strip():
        raise ErrorUso("Diga por qué: --motivo «…».")
    _, carpeta, lote, revision = _del_corte(v, clave, escrito)
    _revisar_que_valga(lote)
    dados = [caso for caso in lote.casos if caso.actuaciones]
    ensayados = [_ensayar_deshacer(v, caso, motivo) for caso in dados]
    estorban = [r for r in ensayados if not r.ok]
    if estorban and not los_que_se_pueda:
        raise NoPermitido(
            f"No se deshizo ninguno del lote {lote.lote}. {_por_que(estorban)} Para deshacer los "
            "demás: --los-que-se-pueda"
        )
    if simular or len(estorban) == len(dados):
        return ensayados
    hechos = [
        _deshacer_caso(v, caso, motivo) if ensayado.ok else ensayado
        for caso, ensayado in zip(dados, ensayados, strict=True)
    ]
    quedan = tuple(r.folio for r in hechos if not r.ok)
    cuando = v.ahora.isoformat(timespec="seconds")
    deshecho = Deshecho(cuando, v.quien_teclea, motivo.strip(), quedan)
    lotes.publicar_deshecho(carpeta, replace(lote, deshecho=deshecho), revision)
    return hechos


def _por_que(estorban: Sequence[Resultado]) -> str:
    """Cada razón una vez, con los folios que la tienen."""
    folios: dict[str, list[str]] = {}
    for resultado in estorban:
        folios.setdefault(resultado.error or "", []).append(resultado.folio)
    return " ".join(f"{', '.join(cuales)}: {razon}" for razon, cuales in folios.items())


def _por_deshacer(v: Ventanilla, caso: DelLote) -> int:
    """Cuántos pasos del lote quedan por deshacer en el caso.

    Lanza NoPermitido si después de ellos pasó otra cosa.
    """
    actuaciones = tomar(v, caso.folio).actuaciones
    vivas = {a.numero for a in vigentes_de(actuaciones)}
    quedan = [numero for numero in caso.actuaciones if numero in vivas]
    if quedan and lo_ultimo(actuaciones)[0].numero != quedan[-1]:
        raise NoPermitido("Ya siguió adelante: después del corte se le dio otro paso.")
    return len(quedan)


def _ensayar_deshacer(v: Ventanilla, caso: DelLote, motivo: str) -> Resultado:
    try:
        if _por_deshacer(v, caso):
            return asentar_evento(v, caso.folio, "deshacer", Dicho(nota=motivo), simular=True)
        return resultado_de(tomar(v, caso.folio), aviso="Ya estaba deshecho.")
    except ErrorExpediente as error:
        return Resultado(caso.folio, False, error.mensaje, error.codigo_salida)


def _deshacer_caso(v: Ventanilla, caso: DelLote, motivo: str) -> Resultado:
    hecho = resultado_de(tomar(v, caso.folio), aviso="Ya estaba deshecho.")
    try:
        while _por_deshacer(v, caso):
            hecho = asentar_evento(v, caso.folio, "deshacer", Dicho(nota=motivo))
    except ErrorExpediente as error:
        return Resultado(caso.folio, False, error.mensaje, error.codigo_salida)
    return hecho


@dataclass(frozen=True)
class Conciliacion:
    """Lo nuestro y lo suyo, cruzados; `remedios` es {número: la orden que lo pondría igual}."""

    corte: Corte
    lote: Lote
    quien: str
    cruces: tuple[Cruce, ...]
    remedios: Mapping[str, str]
    fichero: Path | None = None


def conciliar_lote(
    v: Ventanilla, clave: str, escrito: str, hoja: hojas.Hoja, simular: bool = False
) -> Conciliacion:
    """Cruza por número lo que contestaron con lo que dicen los casos del lote.

    No cambia ningún caso; deja el cruce en la carpeta del lote. Lanza NoPermitido si el corte
    no dice cómo se concilia, y DatosInvalidos si a la respuesta le faltan columnas.
    """
    corte, carpeta, lote, _ = _del_corte(v, clave, escrito)
    _revisar_que_valga(lote)
    if corte.concilia is None:
        raise NoPermitido(f"cortes/{corte.clave}.yaml no dice cómo se concilia (`concilia`).")
    nuestros: dict[str, Nuestro] = {}
    ordenes: dict[str, dict[str, str]] = {}
    for caso in lote.en_la_relacion:
        nuestros |= _lo_nuestro(v, corte, corte.concilia, caso, ordenes)
    conocidos = {mismo_numero(e.numero): e.folio for e in esperados_de(v, corte)[0]}
    cruces = cruzar(corte.concilia, nuestros, _lo_suyo(corte.concilia, hoja), conocidos)
    remedios = {
        c.numero: orden
        for c in cruces
        if c.que == "difiere" and (orden := ordenes.get(c.folio, {}).get(c.suyo))
    }
    hecha = Conciliacion(corte, lote, corte.concilia.quien, tuple(cruces), remedios)
    if simular:
        return hecha
    return replace(hecha, fichero=lotes.guardar_cruce(carpeta, _como_hoja(hecha)))


def _lo_nuestro(
    v: Ventanilla,
    corte: Corte,
    concilia: Concilia,
    caso: DelLote,
    ordenes: dict[str, dict[str, str]],
) -> dict[str, Nuestro]:
    """Lo que decimos del caso y de los que lleva adheridos, que ellos pueden nombrar aparte."""
    try:
        asunto = tomar(v, caso.folio)
    except NoExiste:  # se archivó y salió de la oficina: ya no hay con qué cruzarlo
        return {}
    dice = str(concilia.nuestro.evaluar(hechos_del_caso(v, corte, asunto)))
    ordenes[asunto.folio] = {
        salida.clave: f"expediente avanzar {asunto.folio} --resultado {salida.clave}"
        for paso in asunto.estado.pasos
        for salida in asunto.procedimiento.por_clave[paso].salidas
        if salida.clave
    }
    adheridos = adheridos_de(v, corte, asunto)
    propio = {mismo_numero(caso.numero): Nuestro(caso.numero, asunto.folio, dice)}
    return {
        **propio,
        **{mismo_numero(n): Nuestro(n, asunto.folio, dice, exigible=False) for n in adheridos},
    }


def _lo_suyo(concilia: Concilia, hoja: hojas.Hoja) -> list[tuple[str, str, str]]:
    pedidas = {"numero": concilia.numero, "dice": concilia.dice}
    columnas = columnas_de(pedidas, hoja.encabezados)
    for que, nombres in pedidas.items():
        if que not in columnas:
            raise DatosInvalidos(f"A la respuesta le falta la columna «{nombres[0]}».")
    suyos = []
    for renglon in hoja.renglones:
        if renglon.problema:
            raise DatosInvalidos(f"Renglón {renglon.lugar} de la respuesta: {renglon.problema}")
        numero = renglon.dice.get(columnas["numero"], "").strip()
        if numero:
            dicho = renglon.dice.get(columnas["dice"], "")
            suyos.append((mismo_numero(numero), repetible(numero), dicho))
    return suyos


def _como_hoja(hecha: Conciliacion) -> bytes:
    titulos = ("Número", "Folio", "Qué resultó", "Aquí", hecha.quien, "Cómo se pone igual")
    return hoja_para_excel(
        titulos,
        [
            (c.numero, c.folio, NOMBRES_DEL_CRUCE[c.que], c.nuestro, c.suyo,
             hecha.remedios.get(c.numero, ""))
            for c in hecha.cruces
        ],
    )  # fmt: skip
