"""La papelería de la oficina: una hoja membretada para todas sus plantillas.

Nada que una persona haya editado se pierde: antes de cambiar una plantilla, la que había
se guarda en plantillas/.anteriores/, una carpeta por cada vez. Como el membrete se edita
encima, ahí queda también una copia del último que se puso, y pasa a la carpeta de la vez
en que se cambia.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from expediente.almacen.abiertos import exigir_cerrado
from expediente.almacen.disco import escribir_entero, leer_bytes, publicar
from expediente.almacen.fabrica import carpeta_de_fabrica
from expediente.documentos.otro_formato import no_esta
from expediente.documentos.redaccion import campos_de_la_oficina
from expediente.nucleo.errores import (
    CasoCambio,
    DatosInvalidos,
    ErrorExpediente,
    ErrorUso,
    NoExiste,
    sugerencia,
)
from expediente.operaciones.carpeta_de_plantillas import (
    IMAGENES,
    MEMBRETE,
    PLANTILLAS,
    fichero_de_plantilla,
    ficheros_de_plantillas,
    plantillas_en_otro_formato,
)
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.documentos.paquete import Miembro
    from expediente.documentos.plantilla import Plantilla

ANTERIORES = ".anteriores"
_PUESTO = "membrete-puesto.docx"
# Lo que toda plantilla recibe; lo demás, en el membrete, sólo dentro de una condición.
_COMUN = "oficina"
_CONOCIDAS = ("oficina", "oficio", "caso")
_EN_CONDICION = (
    "Si es un dato que no toda plantilla recibe, póngalo en una condición: "
    "{% if oficio.numero %}{{ oficio.numero }}{% endif %}."
)


@dataclass(frozen=True)
class Membretada:
    """Cómo quedó una plantilla, o por qué no se pudo.

    `cambio` es falso si ya tenía el membrete; `conservados`, los estilos de su texto que el
    membrete no trae; `anterior`, dónde quedó la que había. `codigo` es el de salida del
    error, 0 si no lo hubo.
    """

    plantilla: str
    cambio: bool = False
    conservados: tuple[str, ...] = ()
    anterior: Path | None = None
    error: str | None = None
    codigo: int = 0


@dataclass(frozen=True)
class _Lista:
    """Una plantilla ya vestida y comprobada, que falta guardar en lugar de la de `antes`."""

    ruta: Path
    antes: bytes
    nueva: bytes
    resultado: Membretada


def membretar(
    v: Ventanilla,
    pedidas: Sequence[str],
    todas: bool = False,
    desde: Path | None = None,
    simular: bool = False,
    al_avanzar: Callable[[], None] = lambda: None,
) -> list[Membretada]:
    """Pone a esas plantillas, o a todas, la hoja membretada de la oficina o la de `desde`.

    La que no se puede no detiene a las demás, y la que ya la tenía no se toca. Lanza
    ErrorUso si no se dice cuáles, y NoExiste o DatosInvalidos si el membrete no sirve.
    """
    if bool(pedidas) == todas:
        raise ErrorUso("Diga a qué plantillas, o a todas con --todas.")
    ruta_hoja = desde or v.raiz / PLANTILLAS / MEMBRETE
    hoja = leer_membrete(v, ruta_hoja)
    nombres = _todas(v, ruta_hoja) if todas else _pedidas(pedidas)
    hechas: list[_Lista | Membretada] = []
    for nombre in nombres:
        hechas.append(_vestir(v, nombre, hoja))
        al_avanzar()
    if simular:
        return [h.resultado if isinstance(h, _Lista) else h for h in hechas]
    return _guardar(v, hechas, ruta_hoja)


def leer_membrete(v: Ventanilla, ruta: Path) -> "Mapping[str, Miembro]":
    """Las partes de una hoja membretada, ya comprobado que sirve a cualquier plantilla.

    Lanza NoExiste si no está, o DatosInvalidos si no trae encabezado ni pie o pide lo que
    no toda plantilla recibe.
    """
    # Word pesa en el arranque: sólo lo cargan las órdenes que miran plantillas.
    from expediente.documentos.hoja_membretada import en_blanco
    from expediente.documentos.paquete import leer_paquete
    from expediente.documentos.plantilla import compilar

    if not ruta.is_file():
        raise NoExiste(
            f"No está el membrete {ruta}. Cualquier plantilla sirve de membrete: diga cuál con "
            "--desde FICHERO.docx."
        )
    exigir_cerrado(ruta, "guárdelo, ciérrelo y repita la orden")
    hoja = leer_paquete(ruta)
    with TemporaryDirectory() as carpeta:
        sola = Path(carpeta) / ruta.name
        sola.write_bytes(en_blanco(hoja, ruta.name))
        plantilla = compilar(sola, v.raiz / IMAGENES)
    _rehusar_ajenos(plantilla)
    ente = campos_de_la_oficina(v.oficina, None, v.ahora.date())
    try:
        plantilla.llenar({_COMUN: ente})
    except DatosInvalidos as error:
        raise DatosInvalidos(f"{error.mensaje} {_EN_CONDICION}") from error
    return hoja


def _rehusar_ajenos(plantilla: "Plantilla") -> None:
    """Lanza DatosInvalidos con todo lo que el membrete pide y el programa no da."""
    from expediente.documentos.datos_de_plantilla import datos_de
    from expediente.documentos.vocabulario import Vocabulario

    vocabulario = Vocabulario(datos_de(*_CONOCIDAS))
    problemas = [
        f"{pedido.lugar}: {dicho}"
        for pedido in plantilla.pedidos()
        if (dicho := vocabulario.problema(pedido.ruta, impreso=False))
    ]
    if problemas:
        raise DatosInvalidos(f"{plantilla.nombre}, {' '.join(dict.fromkeys(problemas))}")


def _todas(v: Ventanilla, ruta_hoja: Path) -> list[str]:
    """Todas las de la oficina, menos la que da el membrete."""
    return [x.name for x in ficheros_de_plantillas(v) if not x.samefile(ruta_hoja)]


def _pedidas(escritas: Sequence[str]) -> list[str]:
    """Los ficheros de esas plantillas, con o sin .docx, una vez cada uno."""
    return list(dict.fromkeys(map(fichero_de_plantilla, escritas)))


def _vestir(v: Ventanilla, nombre: str, hoja: "Mapping[str, Miembro]") -> _Lista | Membretada:
    """La plantilla con su membrete, ya comprobada; o cómo queda si no hay nada que guardar."""
    from expediente.documentos.hoja_membretada import vestir  # Word pesa, ídem
    from expediente.documentos.paquete import leer_paquete

    ruta = v.raiz / PLANTILLAS / nombre
    try:
        _rehusar_ausente_o_abierta(v, ruta)
        antes, pide = leer_bytes(ruta), _pedidos_del_texto(v, ruta)
        vestida = vestir(leer_paquete(ruta), hoja)
        resultado = Membretada(nombre, vestida.cambio, vestida.conservados)
        if not vestida.cambio:
            return resultado
        _comprobar(v, ruta, vestida.contenido, pide)
    except ErrorExpediente as error:
        return Membretada(nombre, error=error.mensaje, codigo=error.codigo_salida)
    return _Lista(ruta, antes, vestida.contenido, resultado)


def _rehusar_ausente_o_abierta(v: Ventanilla, ruta: Path) -> None:
    if ruta.stem in (x.stem for x in plantillas_en_otro_formato(v)):
        raise NoExiste(no_esta(ruta))
    if ruta not in (hay := ficheros_de_plantillas(v)):
        parecida = sugerencia(ruta.stem, [x.stem for x in hay])
        raise NoExiste(f"No hay ninguna plantilla {ruta.name} en la oficina.{parecida}")
    exigir_cerrado(ruta, "guárdela, ciérrela y repita la orden")


def _comprobar(v: Ventanilla, ruta: Path, nueva: bytes, antes: set[str]) -> None:
    """Lanza DatosInvalidos si la nueva no compila o su texto no pide lo mismo que antes."""
    with TemporaryDirectory() as carpeta:
        temporal = Path(carpeta) / ruta.name
        temporal.write_bytes(nueva)
        despues = _pedidos_del_texto(v, temporal)
    if antes != despues:
        raise DatosInvalidos(
            f"{ruta.name}: con ese membrete pediría otros datos; no se cambió. Revísela con: "
            f"expediente plantilla revisar {ruta.stem}"
        )


def _pedidos_del_texto(v: Ventanilla, ruta: Path) -> set[str]:
    """Lo que pide una plantilla fuera de su encabezado y su pie. Lanza DatosInvalidos."""
    from expediente.documentos.plantilla import compilar  # Word pesa, ídem

    del_membrete = ("word/header", "word/footer")
    partes = compilar(ruta, v.raiz / IMAGENES).partes
    return {ruta for p in partes if not p.miembro.startswith(del_membrete) for ruta in p.pide}


def _guardar(
    v: Ventanilla, hechas: Sequence[_Lista | Membretada], ruta_hoja: Path
) -> list[Membretada]:
    """Guarda primero todas las que había, y después escribe cada nueva en su lugar."""
    listas = [h for h in hechas if isinstance(h, _Lista)]
    if not listas:
        return [h for h in hechas if isinstance(h, Membretada)]
    puesto = v.raiz / PLANTILLAS / ANTERIORES / _PUESTO
    # La primera vez, el que estaba puesto es con el que se inició la oficina.
    anterior = puesto if puesto.is_file() else carpeta_de_fabrica() / PLANTILLAS / MEMBRETE
    antes = {MEMBRETE: leer_bytes(anterior), **{x.ruta.name: x.antes for x in listas}}
    carpeta = _guardar_anteriores(v, antes)
    escritas = [_escribir(h, carpeta) if isinstance(h, _Lista) else h for h in hechas]
    propio = next((x.ruta for x in listas if x.ruta.name == MEMBRETE), ruta_hoja)
    escribir_entero(puesto, leer_bytes(propio))
    return escritas


def _guardar_anteriores(v: Ventanilla, ficheros: Mapping[str, bytes]) -> Path:
    padre = v.raiz / PLANTILLAS / ANTERIORES
    base = f"{v.ahora:%Y-%m-%d_%H%M%S}"
    nombres = chain([base], (f"{base}_{n}" for n in count(2)))
    return next(padre / nombre for nombre in nombres if publicar(padre, nombre, ficheros))


def _escribir(lista: _Lista, carpeta: Path) -> Membretada:
    nombre = lista.ruta.name
    try:
        if leer_bytes(lista.ruta) != lista.antes:
            raise CasoCambio(f"{nombre}: alguien la guardó entre tanto; repita la orden.")
        escribir_entero(lista.ruta, lista.nueva)
    except ErrorExpediente as error:
        return Membretada(nombre, error=error.mensaje, codigo=error.codigo_salida)
    return replace(lista.resultado, anterior=carpeta / nombre)
