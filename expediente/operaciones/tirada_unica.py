"""Imprimir una vez lo que toca firmar en el mes, y nunca dos.

La primera vez deja un solo fichero con una hoja por caso. Pedirla otra vez da el mismo y
dice cuándo y quién; imprimir de nuevo pide un motivo, que queda asentado.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from expediente.almacen import tiradas as disco
from expediente.almacen.disco import escribir_entero
from expediente.nucleo.errores import (
    CasoCambio,
    DatosInvalidos,
    ErrorDisco,
    ErrorExpediente,
)
from expediente.nucleo.fecha import fecha_corta
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.periodo import Periodo, leer_periodo
from expediente.nucleo.tirada import Impresa, Tirada, toca_el, va_en_la_tirada
from expediente.operaciones.asunto import Asunto, con_actuaciones, tomar
from expediente.operaciones.cartas import Carta, llenar_carta, papel_del_asunto
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.revision_de_tiradas import (
    cambio_de_lo_impreso,
    problemas_de_una_tirada,
)
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class TiradaHecha:
    """Lo que resultó de pedir una tirada.

    `impresa` es None si nada toca ese mes, o si sólo se simuló; `ya_estaba` dice que no se
    imprimió otra. `nuevos` son los casos que tocan y no van en ella; `atrasados`, los que
    debían firmarse antes de ese mes. `siguiente` es el día en que toca el primero de los que
    no van. `problemas` son lo que no se pudo leer o llenar.
    """

    tirada: Tirada
    mes: Periodo
    folios: tuple[str, ...]
    impresa: Impresa | None = None
    ficheros: tuple[Path, ...] = ()
    ya_estaba: bool = False
    nuevos: tuple[str, ...] = ()
    atrasados: tuple[str, ...] = ()
    problemas: tuple[str, ...] = ()
    siguiente: date | None = None


@dataclass(frozen=True)
class _Toca:
    """Un caso que va en la tirada, el día en que toca y el lugar de su hoja."""

    asunto: Asunto
    dia: str
    atrasado: bool
    lugar: tuple[str, str]


def tirar(
    v: Ventanilla,
    clave: str,
    mes: str,
    otra_vez: str | None = None,
    pdf: bool = False,
    simular: bool = False,
) -> TiradaHecha:
    """La tirada de ese mes: la que ya se imprimió o, si no la hay, la que se imprime ahora.

    Con `otra_vez`, el motivo, se imprime otra. Lanza NoExiste si no está definida,
    DatosInvalidos si su definición está mal o lo impreso ya no es lo que se imprimió, y
    CasoCambio si otra persona imprime otra a la vez.
    """
    tirada = disco.leer_tirada(v.raiz, clave)
    for problema in problemas_de_una_tirada(v, tirada):
        raise DatosInvalidos(f"tiradas/{clave}.yaml, {problema}")
    periodo = leer_periodo("mes", mes, v.ahora.date())
    carpeta = disco.carpeta_de_la_tirada(v.raiz, clave, periodo)
    tocan, siguiente, ilegibles = _los_que_tocan(v, tirada, periodo)
    hechas = disco.impresas(carpeta)
    base = TiradaHecha(
        tirada,
        periodo,
        tuple(t.asunto.folio for t in tocan),
        atrasados=tuple(t.asunto.folio for t in tocan if t.atrasado),
        problemas=tuple(ilegibles),
        siguiente=siguiente,
    )
    if hechas and otra_vez is None:
        return _la_que_hay(base, *hechas[-1], pdf and not simular)
    if not tocan or simular:
        return base
    contenido, folios, sin_hoja = _llenar(v, tirada, periodo, tocan)
    impresa = Impresa(
        tirada=clave,
        mes=periodo.clave,
        hecha=v.ahora.isoformat(timespec="seconds"),
        hizo=v.quien_teclea,
        fichero=_nombre(clave, periodo, len(hechas) + 1),
        sha256=sha256(contenido).hexdigest(),
        folios=tuple(folios),
        motivo=otra_vez,
        numero=len(hechas) + 1,
    )
    base = replace(base, problemas=(*ilegibles, *sin_hoja))
    if (publicada := disco.publicar_impresa(carpeta, impresa, contenido)) is None:
        if otra_vez is not None:
            raise CasoCambio(
                f"Otra persona imprimió a la vez la tirada «{clave}»; mírela antes de repetir."
            )
        return _la_que_hay(base, *disco.impresas(carpeta)[-1], pdf)
    return replace(base, impresa=impresa, ficheros=_con_pdf(publicada / impresa.fichero, pdf))


def _la_que_hay(base: TiradaHecha, carpeta: Path, impresa: Impresa, pdf: bool) -> TiradaHecha:
    """Lo ya impreso, comprobado: es el mismo fichero que se imprimió."""
    if dicho := cambio_de_lo_impreso(carpeta, impresa):
        raise DatosInvalidos(
            f"{carpeta}: {dicho} Si no lo tiene, imprímala otra vez diciendo por qué: --otra-vez "
            "MOTIVO"
        )
    return replace(
        base,
        impresa=impresa,
        ficheros=_con_pdf(carpeta / impresa.fichero, pdf),
        ya_estaba=True,
        nuevos=tuple(f for f in base.folios if f not in impresa.folios),
    )


def _nombre(clave: str, mes: Periodo, numero: int) -> str:
    vuelta = f"_v{numero:02d}" if numero > 1 else ""
    return f"{clave}-{mes.clave}{vuelta}.docx"


def _los_que_tocan(
    v: Ventanilla, tirada: Tirada, mes: Periodo
) -> tuple[list[_Toca], date | None, list[str]]:
    """Los casos que se firman ese mes, en el orden de sus hojas; cuándo toca después; ilegibles."""
    listado = listar(v, Filtro(tirada.procedimiento, paso=tirada.paso))
    problemas = [f"{folio}: {porque}" for folio, porque in listado.problemas]
    tocan: list[_Toca] = []
    despues: list[date] = []
    for renglon in listado.renglones:
        try:
            asunto = tomar(v, renglon.folio)
        except ErrorExpediente as error:
            problemas.append(f"{renglon.folio}: {error.mensaje}")
            continue
        dia = toca_el(asunto.procedimiento, tirada.paso, asunto.estado)
        if dia is None:
            continue
        if va_en_la_tirada(dia, mes):
            tocan.append(
                _Toca(asunto, fecha_corta(dia), dia < mes.desde, _lugar(v, tirada, asunto))
            )
        else:
            despues.append(dia)
    return sorted(tocan, key=lambda t: t.lugar), min(despues, default=None), problemas


def _lugar(v: Ventanilla, tirada: Tirada, asunto: Asunto) -> tuple[str, str]:
    dicho = tirada.orden.evaluar(_hechos(v, asunto)) if tirada.orden else ""
    return (str(dicho), asunto.folio)


def _hechos(v: Ventanilla, asunto: Asunto) -> dict[str, Any]:
    return hechos_de(asunto.procedimiento, asunto.estado, v.catalogos)


def _llenar(
    v: Ventanilla, tirada: Tirada, mes: Periodo, tocan: Sequence[_Toca]
) -> tuple[bytes, list[str], list[str]]:
    """El documento con todas las hojas, los folios que van y por qué no va alguno.

    Lanza DatosInvalidos si no se pudo llenar ninguna.
    """
    from tempfile import TemporaryDirectory  # sólo quien imprime lo carga

    from expediente.documentos.juntar import Junta  # ídem: lxml pesa

    junta, folios, problemas = Junta(), [], []
    with TemporaryDirectory(prefix="expediente-tirada-") as temporal:
        for turno, toca in enumerate(tocan):
            hoja = Path(temporal, f"{turno:06d}.docx")
            try:
                hoja.write_bytes(_hoja_por_firmar(v, tirada, mes, toca.asunto))
                junta.agregar(hoja)
                folios.append(toca.asunto.folio)
            except ErrorExpediente as error:
                problemas.append(f"{toca.asunto.folio}: no va en la tirada. {error.mensaje}")
    if not folios:
        raise DatosInvalidos(" ".join(problemas))
    return junta.cerrar(), folios, problemas


def _hoja_por_firmar(v: Ventanilla, tirada: Tirada, mes: Periodo, asunto: Asunto) -> bytes:
    """El documento como quedará al firmarse, con lo que se firma a mano por llenar.

    El paso se ensaya en memoria: nada se asienta hasta que alguien lo dé de verdad.
    """
    hechos = _hechos(v, asunto)
    puestos = {campo: str(dicho.evaluar(hechos) or "") for campo, dicho in tirada.pone.items()}
    comienzo = datetime.combine(mes.desde, time(9), tzinfo=v.ahora.tzinfo)
    paso = replace(
        v.nueva_actuacion("avance", max(v.ahora, comienzo)),
        paso=tirada.paso,
        resultado=tirada.resultado,
        datos={campo: dicho for campo, dicho in puestos.items() if dicho},
    )
    sin_lo_de_antes = replace(
        asunto.estado, datos={k: x for k, x in asunto.estado.datos.items() if k not in puestos}
    )
    ensayado = con_actuaciones(replace(asunto, estado=sin_lo_de_antes), paso)
    regla = asunto.procedimiento.regla_de(tirada.documento)
    carta = Carta(regla, tirada.documento, None, paso.ocurrio, borrador=False)
    return llenar_carta(v, papel_del_asunto(v, ensayado, carta))


def _con_pdf(word: Path, pdf: bool) -> tuple[Path, ...]:
    """El Word y, si se pide, su PDF, hecho una vez.

    Lanza ErrorDisco si el PDF no se pudo hacer; el Word ya está.
    """
    destino = word.with_suffix(".pdf")
    if pdf and not destino.is_file():
        from expediente.documentos.pdf import a_pdf  # sólo quien pide un PDF lo carga

        (conversion,) = a_pdf([word])
        if conversion.pdf is None:
            raise ErrorDisco(f"La tirada está en {word}; su PDF no se hizo: {conversion.problema}")
        escribir_entero(destino, conversion.pdf)
    return (word, destino) if destino.is_file() else (word,)


def tiradas_que_hay(v: Ventanilla) -> tuple[list[Tirada], list[tuple[Path, Impresa]], list[str]]:
    """Las definidas, lo ya impreso de cada una y lo que no se entiende."""
    definidas, problemas = [], []
    for clave in disco.claves_de_tiradas(v.raiz):
        try:
            definidas.append(disco.leer_tirada(v.raiz, clave))
        except ErrorExpediente as error:
            problemas.append(error.mensaje)
    hechas = list(
        disco.todas_las_impresas(v.raiz, lambda _, error: problemas.append(error.mensaje))
    )
    return definidas, hechas, problemas
