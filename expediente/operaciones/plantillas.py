"""Lo que una plantilla puede usar y cómo se ve: con un caso inventado o con los de verdad.

Nada de aquí toma un número ni toca un caso: lo que sale es siempre un borrador.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from expediente.almacen.copias_a_mano import copias_a_mano
from expediente.almacen.disco import escribir_entero, hacer_carpeta
from expediente.documentos.dichos import formas_de
from expediente.documentos.redaccion import Campos
from expediente.documentos.vocabulario import LISTA, Dato, pasos_de
from expediente.nucleo.campo import elementos_de
from expediente.nucleo.errores import ErrorExpediente, ErrorUso, NoExiste, NoPermitido
from expediente.nucleo.muestra import NORMALES
from expediente.operaciones.asunto import Asunto, tomar
from expediente.operaciones.carpeta_de_plantillas import plantilla_de
from expediente.operaciones.cartas import Carta, llenar_carta, papel_del_asunto
from expediente.operaciones.documentos_del_caso import DE_BORRADOR
from expediente.operaciones.emisor import DE_NADIE, Emisor
from expediente.operaciones.emisores import emisores, los_de
from expediente.operaciones.reparto import repartir
from expediente.operaciones.revision_de_plantillas import rechazar_sensibles
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class OtraForma:
    """Otro modo de pedir un dato: cómo se escribe, qué da y un ejemplo."""

    etiqueta: str
    da: str
    ejemplo: str


@dataclass(frozen=True)
class CampoUsable:
    """Un dato que la plantilla puede usar, un ejemplo de él y si ya lo pide.

    `ejemplo` es «» si no siempre lo hay.
    """

    dato: Dato
    ejemplo: str
    pedido: bool
    formas: tuple[OtraForma, ...] = ()


@dataclass(frozen=True)
class Prueba:
    """Una plantilla llena, o por qué no se pudo y con qué código de salida.

    `documento` es la clave de lo que la escribe; `folio` es None si es de un caso inventado.
    """

    plantilla: str
    procedimiento: str
    documento: str
    folio: str | None
    fichero: Path | None = None
    error: str | None = None
    codigo: int = 0


def _llena(emisor: Emisor, folio: str | None, ruta: Path) -> Prueba:
    return Prueba(emisor.plantilla, emisor.procedimiento, emisor.clave, folio, ruta)


def _sin_llenar(emisor: Emisor, folio: str | None, error: ErrorExpediente) -> Prueba:
    suya = (emisor.plantilla, emisor.procedimiento, emisor.clave, folio)
    return Prueba(*suya, error=error.mensaje, codigo=error.codigo_salida)


def llenar_muestra(v: Ventanilla, emisor: Emisor, datos: str = NORMALES) -> bytes:
    """Lo que ese emisor escribiría con datos inventados; a lo mismo, los mismos bytes.

    `datos` es una llave de `CLASES_DE_MUESTRA`; la fecha es la de la ventanilla. Lanza
    DatosInvalidos si la plantilla no puede llenarse o pide un dato sensible.
    """
    rechazar_sensibles(v, emisor)
    return plantilla_de(v, emisor.plantilla).llenar(emisor.muestra(datos))


def campos_usables(
    v: Ventanilla, escrito: str, procedimiento: str | None = None
) -> tuple[list[Emisor], list[CampoUsable]]:
    """Quienes llenan la plantilla, y lo que puede usar con cualquiera de ellos.

    Lanza NoExiste si no hay tal plantilla, o si nadie la llena y no se dice procedimiento.
    """
    suyos = _con_quien_la_llene(los_de(v, escrito, procedimiento))
    rutas = [{dato.ruta for dato in emisor.datos} for emisor in suyos]
    comunes = [d for d in suyos[0].datos if not d.sensible and all(d.ruta in x for x in rutas)]
    pedidos, campos = _lo_que_pide(v, suyos[0]), suyos[0].campos
    return suyos, [_usable(dato, _valor_en(campos, dato.ruta), pedidos) for dato in comunes]


def _usable(dato: Dato, valor: Any, pedidos: frozenset[str]) -> CampoUsable:
    formas = tuple(
        OtraForma(replace(dato, ruta=f"{dato.ruta}.{forma}").etiqueta, da, ejemplo)
        for forma, da, ejemplo in formas_de(valor)
        if ejemplo is not None
    )
    return CampoUsable(dato, _como_se_imprime(dato, valor), _esta_pedido(dato, pedidos), formas)


def _con_quien_la_llene(suyos: list[Emisor]) -> list[Emisor]:
    if suyos[0].clase == DE_NADIE:
        raise NoExiste(
            f"Nadie emite {suyos[0].plantilla} todavía: diga con qué procedimiento, con "
            "--procedimiento CLAVE."
        )
    return suyos


def _lo_que_pide(v: Ventanilla, emisor: Emisor) -> frozenset[str]:
    """Las rutas que su plantilla pide; ninguna si no está o está mal escrita."""
    try:
        return plantilla_de(v, emisor.plantilla).campos()
    except ErrorExpediente:
        return frozenset()


def _esta_pedido(dato: Dato, pedidos: frozenset[str]) -> bool:
    sigue = f"{dato.ruta}[]" if dato.tipo == LISTA else f"{dato.ruta}."
    return any(ruta == dato.ruta or ruta.startswith(sigue) for ruta in pedidos)


def _valor_en(campos: Campos, ruta: str) -> Any:
    """El valor de esa ruta en un ejemplo; de cada lista, el primero. None si no lo hay."""
    valor: Any = campos
    for paso in pasos_de(ruta):
        if paso == "[]":
            valor = valor[0] if valor else None
        else:
            valor = valor.get(paso) if isinstance(valor, dict) else None
    return valor


def _como_se_imprime(dato: Dato, valor: Any) -> str:
    if dato.tipo == LISTA:
        cuantos = len(valor or ())
        return "1 elemento" if cuantos == 1 else f"{cuantos} elementos"
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    return "" if valor is None else str(valor)


def probar_plantilla(
    v: Ventanilla,
    escrito: str | None,
    salida: Path,
    datos: str = NORMALES,
    procedimiento: str | None = None,
) -> list[Prueba]:
    """Llena la plantilla una vez por cada quien que la emite y la deja en `salida`.

    Sin `escrito`, todas. La que no se puede llenar no detiene a las demás.
    """
    suyos = _con_quien_la_llene(los_de(v, escrito, procedimiento)) if escrito else emisores(v)
    return [_probar(v, emisor, salida, datos) for emisor in suyos]


def _probar(v: Ventanilla, emisor: Emisor, salida: Path, datos: str) -> Prueba:
    sufijo = "" if datos == NORMALES else f"_{datos}"
    partes = (Path(emisor.plantilla).stem, emisor.procedimiento, emisor.clave)
    nombre = f"{'_'.join(partes)}{sufijo}{DE_BORRADOR}"
    try:
        return _guardar(emisor, None, salida / nombre, llenar_muestra(v, emisor, datos))
    except ErrorExpediente as error:
        return _sin_llenar(emisor, None, error)


def _guardar(emisor: Emisor, folio: str | None, ruta: Path, contenido: bytes) -> Prueba:
    hacer_carpeta(ruta.parent)
    # Una prueba se rehace: no hay que esperar al disco.
    escribir_entero(ruta, contenido, seguro=False)
    return _llena(emisor, folio, ruta)


def combinar(
    v: Ventanilla,
    escrito: str,
    folios: Sequence[str],
    salida: Path,
    procedimiento: str | None = None,
    adelantar: Callable[[], None] = lambda: None,
) -> list[Prueba]:
    """Llena la plantilla con los datos de esos casos, uno por uno, y la deja en `salida`.

    El caso que no alcanza a llenarla no detiene a los demás. Lanza NoExiste si no hay tal
    plantilla, y ErrorUso si no es de las que se llenan con un caso.
    """
    suyos = _con_quien_la_llene(los_de(v, escrito, procedimiento))
    de_casos = [emisor for emisor in suyos if emisor.documento]
    if not de_casos:
        raise ErrorUso(f"{suyos[0].plantilla} no se llena con un expediente; quite los folios.")
    hechas: list[Prueba] = []
    # Lo que la plantilla pide no cambia de un caso a otro: se mira una vez.
    rechazos = {(e.procedimiento, e.clave): _rechazo(v, e) for e in de_casos}
    with copias_a_mano(len(folios)):
        for del_caso in repartir(partial(_del_caso, v, de_casos, rechazos, salida), folios):
            hechas += del_caso
            adelantar()
    return hechas


Rechazos = Mapping[tuple[str, str], ErrorExpediente | None]


def _rechazo(v: Ventanilla, emisor: Emisor) -> ErrorExpediente | None:
    """Por qué esa plantilla no se llena con ningún caso de ese emisor; None si se puede."""
    try:
        rechazar_sensibles(v, emisor)
    except ErrorExpediente as error:
        return error
    return None


def _del_caso(
    v: Ventanilla, suyos: Sequence[Emisor], rechazos: Rechazos, salida: Path, folio: str
) -> list[Prueba]:
    return list(_pruebas_del_caso(v, suyos, rechazos, salida, folio))


def _pruebas_del_caso(
    v: Ventanilla, suyos: Sequence[Emisor], rechazos: Rechazos, salida: Path, folio: str
) -> Iterator[Prueba]:
    try:
        asunto = _con_numeros_de_ensayo(v, tomar(v, folio))
    except ErrorExpediente as error:
        yield _sin_llenar(suyos[0], folio, error)
        return
    propios = [e for e in suyos if e.procedimiento == asunto.procedimiento.clave]
    if not propios:
        ajeno = NoPermitido(
            f"{folio} es de «{asunto.procedimiento.clave}», que no emite {suyos[0].plantilla}."
        )
        yield _sin_llenar(suyos[0], folio, ajeno)
    for emisor in propios:
        for clave in _claves_en(asunto, emisor):
            rechazo = rechazos[emisor.procedimiento, emisor.clave]
            yield _llenar_con(v, asunto, emisor, clave, salida, rechazo)


def _con_numeros_de_ensayo(v: Ventanilla, asunto: Asunto) -> Asunto:
    """El asunto con los números que todavía no se le dan, en ceros."""
    p, estado = asunto.procedimiento, asunto.estado
    ceros = {n.clave: v.oficina.libro(n.libro).numero(v.ahora.year, 0) for n in p.numeros}
    return replace(asunto, estado=replace(estado, datos={**ceros, **estado.datos}))


def _claves_en(asunto: Asunto, emisor: Emisor) -> list[str]:
    """Las claves del documento en ese caso: varias si sale uno por cada elemento."""
    assert emisor.documento is not None
    if not emisor.documento.por_cada:
        return [emisor.clave]
    elementos = elementos_de(emisor.documento.por_cada, asunto.estado.datos)
    return [f"{emisor.clave}.{n}" for n in elementos]


def _llenar_con(
    v: Ventanilla,
    asunto: Asunto,
    emisor: Emisor,
    clave: str,
    salida: Path,
    rechazo: ErrorExpediente | None,
) -> Prueba:
    regla = asunto.procedimiento.documento.get(emisor.clave, emisor.documento)
    assert regla is not None
    hecho = asunto.estado.documento(clave)
    numero = hecho.numero if hecho else None
    if regla.libro and not numero:
        numero = v.oficina.libro(regla.libro).numero(v.ahora.year, 0)
    fecha = (hecho and hecho.emitido) or v.ahora
    nombre = f"{asunto.folio}_{clave.replace('.', '-')}{DE_BORRADOR}"
    try:
        papel = papel_del_asunto(v, asunto, Carta(regla, clave, numero, fecha, borrador=True))
        if rechazo is not None:
            raise rechazo
        contenido = llenar_carta(v, papel)
        return _guardar(emisor, asunto.folio, salida / nombre, contenido)
    except ErrorExpediente as error:
        return _sin_llenar(emisor, asunto.folio, error)
